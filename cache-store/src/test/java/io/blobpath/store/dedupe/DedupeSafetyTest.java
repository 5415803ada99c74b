package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What dedupe leaves alone: copies that are damaged, that are not what they seem, or that belong to somebody else. */
final class DedupeSafetyTest extends ThreeCopies {
    @Test
    void corruptCopyIsNeitherLinkedNorLinkedTo() throws IOException {
        Files.writeString(tree.file(b), "ten");

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(a, c))).isEqualTo(1);
        assertThat(tree.content(b)).isEqualTo("ten");
        assertNamed(report, ProblemKind.CORRUPT, b);
    }

    @Test
    void corruptCanonicalCopyIsPassedOver() throws IOException {
        Files.writeString(tree.file(a), "ten");

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(b, c))).isEqualTo(1);
        assertThat(tree.content(a)).isEqualTo("ten");
        assertNamed(report, ProblemKind.CORRUPT, a);
    }

    @Test
    void everyNameOfACorruptFileIsReported() throws IOException {
        Files.writeString(tree.file(a), "ten");
        BlobPath early = link("aa", a);
        BlobPath late = link("d", a);

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(b, c))).isEqualTo(1);
        assertThat(report.alreadyLinked()).isZero();
        assertNamed(report, ProblemKind.CORRUPT, a, early, late);
    }

    @Test
    void truncatedCopyIsNotHealedSilently() throws IOException {
        Files.writeString(tree.file(b), "");

        DedupeReport report = dedupe();

        assertThat(tree.content(b)).isEmpty();
        assertThat(report.linked()).isEqualTo(1);
    }

    @Test
    void symbolicLinkIsNotReplaced() throws IOException {
        index();
        Files.delete(tree.file(b));
        Files.createSymbolicLink(tree.file(b), tree.file(a));

        DedupeReport report = dedupe();

        assertThat(tree.file(b)).isSymbolicLink();
        assertNamed(report, ProblemKind.SYMBOLIC_LINK, b);
    }

    @Test
    void folderThatBecameALinkIsNotEntered() throws IOException {
        index();
        Path outside = Files.createDirectory(tree.root().resolve(".outside"));
        Files.move(tree.root().resolve("b"), outside.resolve("b"));
        Files.createSymbolicLink(tree.root().resolve("b"), outside.resolve("b"));

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(a, b, c))).isEqualTo(2);
        assertThat(tree.state(b).links()).isEqualTo(1);
        assertNamed(report, ProblemKind.SYMBOLIC_LINK, b);
    }

    @Test
    void recordThatNoLayoutHasIsLeft() throws IOException {
        BlobPath stray = BlobPath.of("stray/file");
        Files.createDirectories(tree.root().resolve("stray"));
        Files.writeString(tree.file(stray), "one");
        cache.put(DIGEST, stray);

        DedupeReport report = dedupe();

        assertThat(tree.state(stray).links()).isEqualTo(1);
        assertNamed(report, ProblemKind.NOT_A_BLOB, stray);
    }

    @Test
    void setUserFileIsLeft() throws IOException {
        Files.setAttribute(tree.file(b), "unix:mode", 04644);

        DedupeReport report = dedupe();

        assertThat(tree.state(b).links()).isEqualTo(1);
        assertNamed(report, ProblemKind.SPECIAL_MODE, b);
    }

    @Test
    void copiesOfOtherPermissionsShareAmongThemselvesOnly() throws IOException {
        BlobPath d = tree.blob("d", "one");
        for (BlobPath path : List.of(b, d)) {
            Files.setPosixFilePermissions(tree.file(path), PosixFilePermissions.fromString("rw-------"));
        }

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(a, c))).isEqualTo(1);
        assertThat(tree.files(List.of(b, d))).isEqualTo(1);
        assertThat(tree.files(List.of(a, b))).isEqualTo(2);
        assertNamed(report, ProblemKind.OTHER_MODE, b);
    }

    @Test
    void copiesOfOtherPermissionsShareIfAskedAndNoReaderIsLockedOut() throws IOException {
        Files.setPosixFilePermissions(tree.file(a), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(tree.file(b), PosixFilePermissions.fromString("rw-rw-r--"));
        Files.setPosixFilePermissions(tree.file(c), PosixFilePermissions.fromString("rwx---r--"));

        DedupeReport report = dedupe(FileOperations.system(), applied().withIgnoreMode(true));

        assertThat(tree.files(List.of(a, b, c))).isEqualTo(1);
        assertThat(tree.state(a).octalPermissions()).isEqualTo("644");
        assertThat(report.problems().named()).isEmpty();
    }

    @Test
    void ignoringPermissionsStillKeepsOwnersApart() {
        ForwardingFiles files = seeing(b, state -> with(state, state.key(), state.user() + 1));

        DedupeReport report = dedupe(files, applied().withIgnoreMode(true));

        assertThat(tree.state(b).links()).isEqualTo(1);
        assertNamed(report, ProblemKind.OTHER_OWNER, b);
    }

    @Test
    void copiesOfOtherOwnersAreNotLinked() {
        ForwardingFiles files = seeing(b, state -> with(state, state.key(), state.user() + 1));

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.state(b).links()).isEqualTo(1);
        assertThat(tree.files(List.of(a, c))).isEqualTo(1);
        assertNamed(report, ProblemKind.OTHER_OWNER, b);
    }

    @Test
    void copiesOnOtherFileSystemsAreNotLinked() {
        ForwardingFiles files = seeing(
                b,
                state -> with(state, new FileKey(state.device() + 1, state.key().inode()), state.user()));

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.state(b).links()).isEqualTo(1);
        assertNamed(report, ProblemKind.OTHER_FILE_SYSTEM, b);
    }

    @Test
    void unknownAlgorithmIsNeverLinked() {
        Digest blake3 = Digest.parse("blake3:" + "0".repeat(64));
        BlobPath one = tree.file("a", blake3, "same");
        BlobPath two = tree.file("b", blake3, "same");

        DedupeReport report = dedupe();

        assertThat(tree.files(List.of(one, two))).isEqualTo(2);
        assertThat(named(report.problems(), ProblemKind.NOT_VERIFIABLE))
                .containsExactly(one.toString(), two.toString());
    }

    private BlobPath link(String repository, BlobPath to) throws IOException {
        tree.repository(repository);
        BlobPath path = Tree.path(repository, DIGEST);
        Files.createLink(tree.file(path), tree.file(to));
        return path;
    }

    private interface Disguise {
        FileState of(FileState state);
    }

    /** Shows one file as if it had another state, which needs root or a second disk otherwise. */
    private ForwardingFiles seeing(BlobPath path, Disguise disguise) {
        Path disguised = tree.file(path);
        return new ForwardingFiles() {
            @Override
            public FileState stat(Path file) throws IOException {
                FileState state = super.stat(file);
                return file.equals(disguised) ? disguise.of(state) : state;
            }
        };
    }

    private static FileState with(FileState state, FileKey key, int user) {
        return new FileState(
                key, state.mode(), state.size(), state.links(), user, state.group(), state.modified(), state.changed());
    }
}
