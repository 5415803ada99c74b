package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The demo of the stream cache. */
final class DemoStreamTest {
    @Test
    void threeReadersGetTheSameBytesFromOneProducer() {
        Run run = Run.of("demo", "stream", "--size", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("fast created  1.0 MiB")
                .contains("slow joined   1.0 MiB")
                .contains("one producer made 1.0 MiB, readers got 3.0 MiB: the same bytes each");
    }

    @Test
    void aSizeBelowOneIsRefused() {
        Run run = Run.of("demo", "stream", "--size", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--size was 0");
    }
}
