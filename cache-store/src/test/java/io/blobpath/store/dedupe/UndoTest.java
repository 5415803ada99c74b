package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreSpaceException;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UndoTest extends StoreTest {
    private List<BlobPath> paths;

    @BeforeEach
    void shareFiles() throws IOException {
        paths = List.of(tree.blob("a", "one"), tree.blob("b", "one"), tree.blob("c", "one"));
        for (BlobPath path : paths) {
            Files.setPosixFilePermissions(tree.file(path), PosixFilePermissions.fromString("rw-r-----"));
        }
        tree.blob("a", "single");
        dedupe();
    }

    @Test
    void everyPathHasItsOwnFileAgain() {
        FileState shared = tree.state(paths.get(0));

        UndoReport report = undo();

        assertThat(tree.files(paths)).isEqualTo(3);
        assertThat(tree.broken()).isEmpty();
        assertThat(tree.leftovers()).isEmpty();
        assertThat(paths).allSatisfy(path -> {
            assertThat(tree.state(path).links()).isEqualTo(1);
            assertThat(tree.state(path).mode()).isEqualTo(shared.mode());
            assertThat(tree.state(path).modified()).isEqualTo(shared.modified());
        });
        assertThat(report.shared()).isEqualTo(3);
        assertThat(report.copied()).isEqualTo(2);
        assertThat(report.bytesNeeded()).isEqualTo(2 * 4096);
        assertThat(report.problems().named()).isEmpty();
    }

    @Test
    void dryRunOnlyMeasures() {
        UndoReport report = undo(FileOperations.system(), DedupeOptions.defaults());

        assertThat(tree.files(paths)).isEqualTo(1);
        assertThat(report.applied()).isFalse();
        assertThat(report.copied()).isEqualTo(2);
        assertThat(report.bytesNeeded()).isEqualTo(2 * 4096);
    }

    @Test
    void namesOutsideTheStoreKeepTheFile() throws IOException {
        Path backup = tree.root().resolve("backup");
        Files.createLink(backup, tree.file(paths.get(0)));

        UndoReport report = undo();

        assertThat(report.copied()).isEqualTo(3);
        assertThat(report.bytesNeeded()).isEqualTo(3 * 4096);
        assertThat(FileOperations.system().stat(backup).links()).isEqualTo(1);
    }

    @Test
    void lackOfRoomIsToldBeforeAnythingChanges() {
        ForwardingFiles full = new ForwardingFiles() {
            @Override
            public long usableSpace(Path path) {
                return 8191;
            }
        };

        assertThatThrownBy(() -> undo(full, applied()))
                .isInstanceOfSatisfying(StoreSpaceException.class, e -> {
                    assertThat(e.needed()).isEqualTo(8192);
                    assertThat(e.usable()).isEqualTo(8191);
                })
                .hasMessageContainingAll("8192", "8191");
        assertThat(tree.files(paths)).isEqualTo(1);
    }

    @Test
    void corruptFileStaysSharedAndIsNamed() throws IOException {
        Files.writeString(tree.file(paths.get(0)), "ten");

        UndoReport report = undo();

        assertThat(tree.files(paths)).isEqualTo(1);
        assertThat(named(report.problems(), ProblemKind.CORRUPT))
                .containsExactlyElementsOf(
                        paths.stream().map(BlobPath::toString).toList());
        assertThat(tree.leftovers()).isEmpty();
    }

    @Test
    void dedupeAfterUndoSharesAgain() {
        undo();

        DedupeReport report = dedupe();

        assertThat(report.linked()).isEqualTo(2);
        assertThat(tree.files(paths)).isEqualTo(1);
    }
}
