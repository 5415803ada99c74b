package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    @TempDir
    Path root;

    private SmallTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = SmallTree.in(root);
    }

    @Test
    void dedupeChangesNothingUnlessAsked() throws IOException {
        Run run = Run.of("dedupe", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("would link 1 path and free 34 B", "nothing was changed; --apply does it");
        assertThat(run.err()).isEmpty();
        assertThat(tree.linked()).isFalse();
    }

    @Test
    void dedupeWithApplyLinksAndUndoGivesBack() throws IOException {
        Run applied = Run.of("dedupe", root, "--apply");
        boolean linked = tree.linked();
        Run undone = Run.of("dedupe", root, "--undo");

        assertThat(applied.exitCode()).isZero();
        assertThat(applied.out()).contains("linked 1 path and freed 34 B");
        assertThat(linked).isTrue();
        assertThat(undone.exitCode()).isZero();
        assertThat(undone.out()).contains("a file of their own");
        assertThat(tree.linked()).isFalse();
    }

    @Test
    void aConfigMayStandBeforeTheCommand(@TempDir Path elsewhere) throws IOException {
        Path config = Files.writeString(
                elsewhere.resolve("cache.json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"cache\"}}");

        Run applied = Run.of("--config", config, "dedupe", root, "--apply");
        Run refused = Run.of("--config", config, "drivers");

        assertThat(applied.exitCode()).isZero();
        assertThat(tree.linked()).isTrue();
        assertThat(elsewhere.resolve("cache").resolve("data.mdb")).exists();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'blobpath drivers' uses no cache; leave --config out");
    }

    @Test
    void undoTellsWhatItWouldTakeAndChangesNothing() throws IOException {
        Run.of("dedupe", root, "--apply");

        Run run = Run.of("dedupe", root, "--undo", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("would give 1 path a file of their own; that would take ", "nothing was changed");
        assertThat(tree.linked()).isTrue();
    }

    @Test
    void aCorruptBlobIsNamedAndAnsweredWithOne() throws IOException {
        Files.writeString(tree.blob("a"), "other bytes, as many as before ...");

        Run run = Run.of("index", root, "--verify");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out())
                .contains("problem: corrupt: a/blobs/sha256/" + tree.shared().hex());
    }

    @Test
    void aSymbolicLinkIsNamedAndNoProblem() throws IOException {
        Files.delete(tree.blob("a"));
        Files.createSymbolicLink(tree.blob("a"), tree.blob("team/b"));

        Run run = Run.of("index", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("skipped: symbolic link: a/blobs/sha256/");
    }

    @Test
    void inspectListsTheCanonicalPathFirst() {
        Run.of("index", root);

        Run run = Run.of("inspect", tree.shared(), "--root", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        tree.shared().toString(), "canonical  ", "/blobs/sha256/", "duplicate  ", "34 B", "1 link");
    }

    @Test
    void inspectOfAFileThatIsGoneAnswersWithOne() throws IOException {
        Run.of("index", root);
        Files.delete(tree.blob("a"));

        Run run = Run.of("inspect", tree.shared(), "--root", root);

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out()).contains(tree.shared().hex() + "  gone");
    }

    @Test
    void inspectOfAnUnknownDigestAnswersWithOne() {
        Run.of("index", root);

        Run run = Run.of("inspect", SmallTree.sha256(new byte[0]), "--root", root);

        assertThat(run.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(run.out()).contains("is not recorded");
    }

    @Test
    void statsAddsUp() {
        Run.of("index", root);

        Run run = Run.of("stats", "--root", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsSubsequence("driver       lmdb", "digests      1", "paths        2", "34 B");
    }

    @Test
    void doctorTellsWhatToMend() throws IOException {
        Path config = root.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"memory\"}");
        Run.of("index", root);

        Run sound = Run.of("doctor", "--root", root);
        Run unsafe = Run.of("doctor", "--config", config);

        assertThat(sound.exitCode()).isZero();
        assertThat(sound.out()).contains("found nothing to mend");
        assertThat(unsafe.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(unsafe.out())
                .contains("finding: memory keeps records in this JVM only", "mend:  use another driver");
    }

    @Test
    void aConfigAloneIsEnoughToLook() throws IOException {
        Path config = root.resolve("blobpath.json");
        Files.writeString(config, "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\".cache\"}}");
        Run.of("index", root, "--config", config);

        Run stats = Run.of("stats", "--config", config);
        Run inspect = Run.of("inspect", tree.shared(), "--config", config);

        assertThat(stats.out()).contains("records      2").doesNotContain("missing");
        assertThat(inspect.exitCode()).isZero();
        assertThat(inspect.out()).contains("canonical  ").doesNotContain("inode");
        assertThat(root.resolve(".blobpath")).doesNotExist();
    }

    @Test
    void lookingAtARootWithoutAnIndexDoesNotMakeOne() {
        Run run = Run.of("stats", "--root", root);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("has no index yet; run 'blobpath index");
        assertThat(root.resolve(".blobpath")).doesNotExist();
    }

    @Test
    void driversListsKeysWithTheirMeaning() {
        Run run = Run.of("drivers");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("operationTimeout", "driver lmdb", "mapSize", "64GiB");
    }

    @Test
    void anInterruptStopsTheCommandAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        Run run = Run.of("index", root, "--verify");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.err()).contains("stopped; every file is whole");
    }
}
