package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreRootException;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeduplicatorTest extends StoreTest {
    @Test
    void copiesShareOneFile() {
        List<BlobPath> paths = List.of(tree.blob("a", "four"), tree.blob("b", "four"), tree.blob("org/c", "four"));
        tree.blob("a", "single");

        DedupeReport report = dedupe();

        assertThat(tree.files(paths)).isEqualTo(1);
        assertThat(tree.broken()).isEmpty();
        assertThat(tree.leftovers()).isEmpty();
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.linked()).isEqualTo(2);
        assertThat(report.bytesFreed()).isEqualTo(8);
        assertThat(report.logicalBytes()).isEqualTo(18);
        assertThat(report.physicalBytesBefore()).isEqualTo(18);
        assertThat(report.physicalBytesAfter()).isEqualTo(10);
        assertThat(report.problems().named()).isEmpty();
    }

    @Test
    void canonicalPathKeepsItsFile() {
        BlobPath canonical = tree.blob("z", "one");
        index();
        Object file = tree.state(canonical).key();
        BlobPath other = tree.blob("a", "one");

        dedupe();

        assertThat(tree.state(canonical).key()).isEqualTo(file);
        assertThat(tree.state(other).key()).isEqualTo(file);
    }

    @Test
    void dryRunChangesNothingAndSaysWhatWouldBeDone() {
        List<BlobPath> paths = List.of(tree.blob("a", "four"), tree.blob("b", "four"));

        DedupeReport dry = dedupe(FileOperations.system(), DedupeOptions.defaults());

        assertThat(tree.files(paths)).isEqualTo(2);
        assertThat(tree.root().resolve(".blobpath")).doesNotExist();
        DedupeReport real = dedupe();
        assertThat(dry.applied()).isFalse();
        assertThat(dry.linked()).isEqualTo(real.linked());
        assertThat(dry.bytesFreed()).isEqualTo(real.bytesFreed());
        assertThat(dry.physicalBytesAfter()).isEqualTo(real.physicalBytesAfter());
    }

    @Test
    void secondRunFindsNothingToDo() {
        tree.blob("a", "four");
        tree.blob("b", "four");
        dedupe();

        DedupeReport report = dedupe();

        assertThat(report.linked()).isZero();
        assertThat(report.alreadyLinked()).isEqualTo(1);
        assertThat(report.physicalBytesBefore()).isEqualTo(4);
    }

    @Test
    void filesWithSeveralPathsTakeTheirSpaceOnce() throws IOException {
        BlobPath one = tree.blob("a", "four");
        for (String repository : List.of("b", "c")) {
            tree.repository(repository);
            Files.createLink(tree.file(Tree.path(repository, Tree.digest("four"))), tree.file(one));
        }
        tree.blob("d", "four");
        tree.blob("d", "alone");

        DedupeReport report = dedupe();

        assertThat(report.logicalBytes()).isEqualTo(21);
        assertThat(report.physicalBytesBefore()).isEqualTo(13);
        assertThat(report.physicalBytesAfter()).isEqualTo(9);
    }

    @Test
    void filesThatAreSkippedTakeTheirSpaceOnceToo() throws IOException {
        BlobPath one = tree.blob("a", "four");
        tree.repository("b");
        Files.createLink(tree.file(Tree.path("b", Tree.digest("four"))), tree.file(one));
        FileOperations.system().setPermissions(tree.file(one), 04755);

        DedupeReport report = dedupe();

        assertThat(named(report.problems(), ProblemKind.SPECIAL_MODE)).hasSize(2);
        assertThat(report.physicalBytesBefore()).isEqualTo(4).isEqualTo(report.physicalBytesAfter());
    }

    @Test
    void nothingIsFreedWhileAFileHasAnotherName() throws IOException {
        cache.put(Tree.digest("four"), tree.blob("a", "four"));
        BlobPath linked = tree.blob("b", "four");
        Path outside = tree.root().resolve("backup");
        Files.createLink(outside, tree.file(linked));

        DedupeReport report = dedupe();

        assertThat(report.linked()).isEqualTo(1);
        assertThat(report.bytesFreed()).isZero();
        assertThat(outside).hasContent("four");
    }

    @Test
    void fileWithTwoNamesIsFreedWithTheSecond() throws IOException {
        BlobPath first = tree.blob("a", "four");
        BlobPath twin = tree.blob("b", "four");
        tree.repository("c");
        Files.createLink(tree.file(Tree.path("c", Tree.digest("four"))), tree.file(twin));
        cache.put(Tree.digest("four"), first);

        DedupeReport dry = dedupe(FileOperations.system(), DedupeOptions.defaults());
        DedupeReport report = dedupe();

        assertThat(report.linked()).isEqualTo(2).isEqualTo(dry.linked());
        assertThat(report.bytesFreed()).isEqualTo(4).isEqualTo(dry.bytesFreed());
    }

    @Test
    void sharedFileHasTheYoungestTime() throws IOException {
        BlobPath master = tree.blob("a", "one");
        BlobPath young = tree.blob("b", "one");
        FileTime old = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
        FileTime recent = FileTime.from(Instant.ofEpochSecond(1_700_000_000, 5_000));
        Files.setLastModifiedTime(tree.file(master), old);
        Files.setLastModifiedTime(tree.file(young), recent);
        cache.put(Tree.digest("one"), master);

        dedupe();

        assertThat(tree.files(List.of(master, young))).isEqualTo(1);
        assertThat(tree.state(master).modified()).isEqualTo(recent);
    }

    @Test
    void leftoversOfAKilledRunAreDeleted() throws IOException {
        tree.blob("a", "one");
        Path tmp = Files.createDirectories(tree.root().resolve(".blobpath/tmp"));
        Files.writeString(tmp.resolve("dedupe-7"), "half");
        Files.writeString(tmp.resolve("other"), "not ours");

        dedupe();

        assertThat(tree.leftovers()).containsExactly(tmp.resolve("other").toString());
    }

    @Test
    void secondRunAtOnceIsRefused() throws IOException {
        tree.blob("a", "one");
        Path own = Files.createDirectory(tree.root().resolve(".blobpath"));

        try (Closeable held =
                FileOperations.system().tryLock(own.resolve("dedupe.lock")).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(this::dedupe)
                    .isInstanceOf(StoreBusyException.class)
                    .hasMessageContaining(tree.root().toString());
        }
    }

    @Test
    void ownFolderThatIsALinkIsRefused() throws IOException {
        tree.blob("a", "one");
        Path elsewhere = Files.createDirectory(tree.root().resolve(".elsewhere"));
        Files.createSymbolicLink(tree.root().resolve(".blobpath"), elsewhere);

        assertThatThrownBy(this::dedupe).isInstanceOf(StoreRootException.class).hasMessageContaining(".blobpath");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void digestWithThousandsOfPathsIsDoneInPages() {
        int repositories = 1500;
        for (int i = 0; i < repositories; i++) {
            tree.blob("r" + i, "base");
        }

        DedupeReport report = dedupe();

        assertThat(report.linked()).isEqualTo(repositories - 1);
        assertThat(tree.state(Tree.path("r0", Tree.digest("base"))).links()).isEqualTo(repositories);
    }
}
