package io.blobpath.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class IndexerTest extends StoreTest {
    @Test
    void recordsBlobsOfNestedRepositories() {
        BlobPath outer = tree.blob("org", "one");
        BlobPath inner = tree.blob("org/team/app", "one");
        BlobPath other = tree.blob("org/team/app", "other");

        IndexReport report = index();

        assertThat(recorded(Tree.digest("one"))).containsExactlyInAnyOrder(outer, inner);
        assertThat(recorded(Tree.digest("other"))).containsExactly(other);
        assertThat(report.repositories()).isEqualTo(2);
        assertThat(report.blobs()).isEqualTo(3);
        assertThat(report.added()).isEqualTo(3);
        assertThat(report.problems().named()).isEmpty();
    }

    @Test
    void rootMayBeALayoutItself() {
        BlobPath path = tree.blob("", "one");

        index();

        assertThat(recorded(Tree.digest("one"))).containsExactly(path);
    }

    @Test
    void secondRunKnowsEverything() {
        tree.blob("app", "one");
        index();

        IndexReport report = index();

        assertThat(report.added()).isZero();
        assertThat(report.known()).isEqualTo(1);
        assertThat(report.staleRemoved()).isZero();
    }

    @Test
    void symbolicLinksAreNamedAndNotFollowed() throws IOException {
        BlobPath real = tree.blob("real", "one");
        Files.createSymbolicLink(tree.root().resolve("alias"), tree.root().resolve("real"));
        tree.repository("app");
        Path link = tree.file(Tree.path("app", Tree.digest("one")));
        Files.createSymbolicLink(link, tree.file(real));

        IndexReport report = index();

        assertThat(recorded(Tree.digest("one"))).containsExactly(real);
        assertThat(named(report.problems(), ProblemKind.SYMBOLIC_LINK))
                .containsExactly("alias", Tree.path("app", Tree.digest("one")).toString());
    }

    @Test
    void foldersOfToolsAreNotWalked() {
        tree.blob(".blobpath", "own");
        tree.blob("app/.uploads", "upload");
        tree.blob("app", "one");

        IndexReport report = index();

        assertThat(report.blobs()).isEqualTo(1);
        assertThat(report.problems().named()).isEmpty();
    }

    @Test
    void namesThatAreNoDigestsAreNotRecorded() throws IOException {
        tree.blob("app", "one");
        Path folder = tree.root().resolve("app/blobs/sha256");
        String upper = "A".repeat(64);
        Files.writeString(folder.resolve(upper), "x");
        Files.writeString(folder.resolve("short"), "x");
        Files.createDirectories(tree.root().resolve("app/blobs/md5"));
        Files.createDirectory(folder.resolve("0".repeat(64)));

        IndexReport report = index();

        assertThat(report.blobs()).isEqualTo(1);
        assertThat(named(report.problems(), ProblemKind.NOT_A_BLOB))
                .containsExactly("app/blobs/md5", "app/blobs/sha256/" + upper, "app/blobs/sha256/short");
        assertThat(named(report.problems(), ProblemKind.NOT_REGULAR))
                .containsExactly("app/blobs/sha256/" + "0".repeat(64));
    }

    @Test
    void emptyFileIsABlobOnlyUnderTheDigestOfNothing() {
        BlobPath nothing = tree.blob("app", "");
        BlobPath stub = tree.file("app", Tree.digest("one"), "");

        IndexReport report = index();

        assertThat(recorded(Tree.digest(""))).containsExactly(nothing);
        assertThat(recorded(Tree.digest("one"))).isEmpty();
        assertThat(named(report.problems(), ProblemKind.EMPTY)).containsExactly(stub.toString());
    }

    @Test
    void blobsWithoutALayoutAreNamedAndLeft() throws IOException {
        tree.blob("app", "one");
        Files.delete(tree.root().resolve("app/oci-layout"));

        IndexReport report = index();

        assertThat(report.blobs()).isZero();
        assertThat(named(report.problems(), ProblemKind.NOT_A_LAYOUT)).containsExactly("app/blobs");
    }

    @Test
    void unreadableRepositoryDoesNotEndTheWalk() {
        tree.blob("bad", "one");
        BlobPath good = tree.blob("good", "one");
        ForwardingFiles files = denying(ForwardingFiles.Call.LIST, tree.root().resolve("bad/blobs/sha256"));

        IndexReport report = index(files, false);

        assertThat(recorded(Tree.digest("one"))).containsExactly(good);
        assertThat(named(report.problems(), ProblemKind.UNREADABLE)).containsExactly("bad/blobs/sha256");
    }

    @Test
    void recordOfAMissingFileIsRemoved() throws IOException {
        BlobPath one = tree.blob("a", "one");
        BlobPath two = tree.blob("b", "one");
        index();
        Files.delete(tree.file(one));

        IndexReport report = index();

        assertThat(recorded(Tree.digest("one"))).containsExactly(two);
        assertThat(report.staleRemoved()).isEqualTo(1);
    }

    @Test
    void errorNeverRemovesARecord() {
        BlobPath one = tree.blob("a", "one");
        tree.blob("b", "two");
        index();

        IndexReport report = index(denying(ForwardingFiles.Call.STAT, tree.file(one)), false);

        assertThat(recorded(Tree.digest("one"))).containsExactly(one);
        assertThat(report.staleRemoved()).isZero();
        assertThat(report.staleKept()).isEqualTo(1);
        assertThat(named(report.problems(), ProblemKind.UNREADABLE)).containsOnly(one.toString());
    }

    @Test
    void recordsAreKeptWhenNoRepositoryIsFound() throws IOException {
        BlobPath one = tree.blob("a", "one");
        index();
        Files.move(tree.root().resolve("a"), tree.root().resolve(".unmounted"));

        IndexReport report = index();

        assertThat(recorded(Tree.digest("one"))).containsExactly(one);
        assertThat(report.staleKept()).isEqualTo(1);
        assertThat(report.problems().named()).extracting(Problem::kind).containsExactly(ProblemKind.NO_REPOSITORY);
    }

    @Test
    void verifyingDropsTheRecordOfACorruptBlob() {
        BlobPath good = tree.blob("a", "one");
        BlobPath bad = tree.file("b", Tree.digest("one"), "ten");
        index();

        IndexReport report = index(FileOperations.system(), true);

        assertThat(recorded(Tree.digest("one"))).containsExactly(good);
        assertThat(named(report.problems(), ProblemKind.CORRUPT)).containsExactly(bad.toString());
        assertThat(report.verified()).isEqualTo(1);
        assertThat(report.staleRemoved()).isEqualTo(1);
    }

    @Test
    void unknownAlgorithmIsRecordedButNamedWhenVerifying() {
        Digest blake3 = Digest.parse("blake3:" + "0".repeat(64));
        BlobPath path = tree.file("a", blake3, "one");

        IndexReport report = index(FileOperations.system(), true);

        assertThat(recorded(blake3)).containsExactly(path);
        assertThat(report.verified()).isZero();
        assertThat(named(report.problems(), ProblemKind.NOT_VERIFIABLE)).containsExactly(path.toString());
    }

    @Test
    void manyPagesOfBlobsAreRecorded() {
        for (int i = 0; i < 2500; i++) {
            tree.blob("repo" + i % 3, "blob " + i / 2);
        }

        IndexReport report = index();

        assertThat(report.blobs()).isEqualTo(report.added());
        assertThat(report.blobs()).isEqualTo(2500);
    }

    private static ForwardingFiles denying(ForwardingFiles.Call denied, Path path) {
        return new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == denied && file.equals(path)) {
                    throw new AccessDeniedException(file.toString());
                }
            }
        };
    }
}
