package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The blobs of the small tree are garbage: its indexes have no manifests. */
final class GcCommandTest {
    @TempDir
    Path root;

    private SmallTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = SmallTree.in(root);
    }

    @Test
    void nothingIsRemovedUnlessAsked() {
        Run run = Run.of("gc", root, "--grace", "0s");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("would remove 2 blobs of 68 B and free 68 B", "nothing was changed; --apply does it");
        assertThat(run.err()).isEmpty();
        assertThat(tree.blob("a")).exists();
    }

    @Test
    void aDryRunMakesNoCache() {
        Run.of("gc", root, "--grace", "0s");

        assertThat(root.resolve(".blobpath")).doesNotExist();
    }

    @Test
    void applyRemovesAndTheNextRunFindsNothing() {
        Run run = Run.of("gc", root, "--grace", "0s", "--apply");
        Run again = Run.of("gc", root, "--grace", "0s", "--apply");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("removed 2 blobs of 68 B and freed 68 B");
        assertThat(tree.blob("a")).doesNotExist();
        assertThat(tree.blob("team/b")).doesNotExist();
        assertThat(again.out()).contains("collected 2 repositories: 0 blobs referred to", "nothing to remove");
    }

    @Test
    void withoutGraceNamedABlobOfTodayStays() {
        Run run = Run.of("gc", root, "--apply");

        assertThat(run.out()).contains("2 younger than 24h", "nothing to remove");
        assertThat(tree.blob("a")).exists();
    }

    @Test
    void aManifestWhoseTagMovedStaysAsLongAsItIsAskedTo() throws IOException {
        byte[] manifest = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
        Digest digest = SmallTree.sha256(manifest);
        Path blob = Files.write(tree.blob("a").resolveSibling(digest.hex()), manifest);
        Files.writeString(
                root.resolve("a/index.json"),
                "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + digest + "\",\"size\":" + manifest.length
                        + ",\"annotations\":{\"io.blobpath.untagged\":\""
                        + Instant.now().minus(Duration.ofDays(2)) + "\"}}]}");

        Run kept = Run.of("gc", root, "--grace", "0s", "--untagged", "7d");
        Run removed = Run.of("gc", root, "--grace", "0s", "--untagged", "1d", "--apply");

        assertThat(kept.out()).contains("1 blob referred to").doesNotContain("let go");
        assertThat(removed.out()).contains("let go of 1 manifest whose tag moved away long ago");
        assertThat(blob).doesNotExist();
    }

    @Test
    void onlyTheNamedRepositoryIsCollected() {
        Run run = Run.of("gc", root, "--grace", "0s", "--apply", "--repository", "team/b");

        assertThat(run.out()).contains("removed 1 blob of 34 B");
        assertThat(tree.blob("a")).exists();
    }

    @Test
    void aRepositoryThatCannotBeFollowedIsNamedAndAnsweredWithOne() throws IOException {
        Files.writeString(root.resolve("a/index.json"), "{\"manifests\":");

        Run run = Run.of("gc", root, "--grace", "0s", "--apply");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out()).contains("problem: not collected: a: left as it is: index '");
        assertThat(tree.blob("a")).exists();
        assertThat(tree.blob("team/b")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--grace=soon", "--grace=-1h", "--slice=-1ms", "--untagged=-1s", "--rate=-1", "--repository=../a"
            })
    void whatCannotBeIsRefused(String option) {
        Run run = Run.of("gc", root, option);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("blobpath: ");
    }

    @ParameterizedTest
    @CsvSource({"200ms,PT0.2S,0.2s", "90m,PT1H30M,1h30m", "24h,PT24H,24h", "7d,PT168H,7d", "pt5s,PT5S,5s"})
    void timesAreReadAndWritten(String text, Duration duration, String written) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.of(duration)).isEqualTo(written);
    }
}
