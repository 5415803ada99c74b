package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aReaderThatHadEnoughIsNoFailure() {
        int exitCode = run(StandardOutput.of(failing("Broken pipe")));

        assertThat(exitCode).isEqualTo(ExitCode.NO_READER);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFullDiskIsOne() {
        int exitCode = run(StandardOutput.of(failing("No space left on device")));

        assertThat(exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("stdout cannot be written; the report is not complete");
    }

    private int run(PrintStream out) {
        return Cli.run(Terminal.plain(out, new PrintStream(err, true, StandardCharsets.UTF_8)), "drivers");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
