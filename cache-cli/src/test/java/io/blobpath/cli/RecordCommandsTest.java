package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rebuild, migrate, export, import. */
final class RecordCommandsTest {
    @TempDir
    Path folder;

    private Path root;
    private SmallTree tree;
    private Path from;
    private Path to;
    private Path file;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        tree = SmallTree.in(root);
        from = config("from");
        to = config("to");
        file = folder.resolve("records.jsonl");
    }

    @Test
    void rebuildShowsTheDifferenceAndMakesNothing() {
        Run run = Run.of("rebuild", root);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("found 2 blobs in 2 repositories", "+ a/blobs/sha256/", "+ team/b/blobs/sha256/")
                .contains("would add 2 records and remove 0 stale ones", "nothing was changed; --apply does it");
        assertThat(root.resolve(".blobpath")).doesNotExist();
    }

    @Test
    void rebuildMakesTheRecordsThoseOfTheDisk() throws IOException {
        Run.of("index", root);
        Files.delete(tree.blob("a"));

        Run told = Run.of("rebuild", root);
        Run done = Run.of("rebuild", root, "--apply");
        Run again = Run.of("rebuild", root);

        assertThat(told.out()).contains("- a/blobs/sha256/" + tree.shared().hex(), "remove 1 stale one");
        assertThat(done.out()).contains("added 0 records and removed 1 stale one");
        assertThat(again.out()).contains("the records are those of the disk").doesNotContain("- a/");
    }

    @Test
    void migrateComparesAndCopies() {
        Run.of("index", root, "--config", from);

        Run told = Run.of("migrate", "--from", from, "--to", to);
        boolean made = Files.exists(folder.resolve("to"));
        Run done = Run.of("migrate", "--from", from, "--to", to, "--apply");
        Run again = Run.of("migrate", "--from", from, "--to", to);

        assertThat(told.exitCode()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(told.out()).contains("the second lacks 2 records", "nothing was changed; --apply copies them");
        assertThat(made).isFalse();
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("copied 2 records", "the second has all of them");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void migrateFromNowhereIsRefused() {
        Run run = Run.of("migrate", "--from", from, "--to", to, "--apply");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no cache where '" + from + "' says");
        assertThat(folder.resolve("from")).doesNotExist();
    }

    @Test
    void whatWasExportedIsImported() {
        Run.of("index", root);

        Run written = Run.of("export", file, "--root", root);
        Run checked = Run.of("import", file);
        Run read = Run.of("import", file, "--config", to, "--apply");

        assertThat(written.out()).isEqualTo("wrote 2 records of 1 digest\n");
        assertThat(checked.out()).contains("the file has 2 records of 1 digest", "nothing was recorded");
        assertThat(read.out()).contains("added 2; 0 were there, 0 made canonical");
        assertThat(Run.of("stats", "--config", to).out()).contains("records      2");
    }

    @Test
    void exportWritesOverNothing() throws IOException {
        Run.of("index", root);
        Files.writeString(file, "mine");

        Run run = Run.of("export", file, "--root", root);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileThatWasCutOffIsRefusedWithItsLine() throws IOException {
        Run.of("index", root);
        Run.of("export", file, "--root", root);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 10));

        Run run = Run.of("import", file, "--config", to, "--apply");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(run.err()).contains("cannot read '" + file + "': line 3: the file ends here, before its last line");
        assertThat(Run.of("stats", "--config", to).out()).contains("records      0");
    }

    private Path config(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".json"), "{\"driver\":\"lmdb\",\"lmdb\":{\"directory\":\"" + name + "\"}}");
    }
}
