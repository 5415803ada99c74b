package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cli.demo.DemoTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifyCommandTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeTree() throws IOException {
        DemoTree.write(root);
    }

    @Test
    void aWholeTreeIsWholeAndNothingIsMade() {
        Run run = Run.of("verify", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("followed 5 manifests with ", "looked at 0 records", "read 20 files of 21.5 MiB for 20 paths")
                .contains("what was looked at is whole");
        assertThat(root.resolve(".blobpath")).doesNotExist();
    }

    @Test
    void whatIsMissingIsNamedWithWhatToDoAndAnsweredWithOne() throws IOException {
        Run.of("index", root);
        Path blob = ManyBlobs.in(root.resolve("team/orders")).get(0);
        Files.delete(blob);

        Run run = Run.of("verify", root, "--sample", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out())
                .contains(
                        "problem: missing: team/orders/blobs/sha256/" + blob.getFileName(), "push it again, or delete")
                .contains("problem: stale record: ", "; rebuild the records")
                .doesNotContain("is whole");
    }

    @Test
    void whenTheTimeIsOverItSaysSo() {
        Run run = Run.of("verify", root, "--max-time", "0s");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("read 0 files", "the time was over before all of it was read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sample=101", "--sample=-1", "--sample=x", "--max-time=-1s"})
    void whatCannotBeMeantIsRefused(String option) {
        assertThat(Run.of("verify", root, option).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
