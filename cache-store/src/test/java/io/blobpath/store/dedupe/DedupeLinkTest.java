package io.blobpath.store.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.OtherFileSystemException;
import io.blobpath.store.file.TooManyLinksException;
import io.blobpath.store.fixture.ForwardingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The moment of a link: the file system refuses it, or somebody changes the files just before. */
final class DedupeLinkTest extends ThreeCopies {
    @Test
    void linkAcrossMountsIsNamed() {
        ForwardingFiles files = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.LINK) {
                    throw new OtherFileSystemException(file.toString(), "");
                }
            }
        };

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.files(List.of(a, b, c))).isEqualTo(3);
        assertNamed(report, ProblemKind.OTHER_FILE_SYSTEM, b, c);
    }

    @Test
    void copiesBeyondTheLinkLimitShareTheNextMaster() {
        List<BlobPath> more =
                IntStream.range(0, 7).mapToObj(i -> tree.blob("d" + i, "one")).toList();

        DedupeReport report = dedupe(FileOperations.system(), applied().withMaxLinks(4));

        assertThat(report.linked()).isEqualTo(7);
        assertThat(tree.state(a).links()).isEqualTo(4);
        assertThat(tree.state(more.get(0)).links()).isEqualTo(3 + 1);
        assertNamed(report, ProblemKind.TOO_MANY_LINKS, more.get(1), more.get(5));
        assertThat(dedupe(FileOperations.system(), applied().withMaxLinks(4)).linked())
                .isZero();
    }

    @Test
    void refusedLinkStartsTheNextMaster() {
        ForwardingFiles files = new ForwardingFiles() {
            private boolean refused;

            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.LINK && !refused) {
                    refused = true;
                    throw new TooManyLinksException(file.toString());
                }
            }
        };

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.state(a).links()).isEqualTo(1);
        assertThat(tree.files(List.of(b, c))).isEqualTo(1);
        assertNamed(report, ProblemKind.TOO_MANY_LINKS, b);
    }

    @Test
    void copyThatChangesBeforeItsRenameIsLeft() {
        ForwardingFiles files = onLink(() -> Files.writeString(tree.file(b), "new content"));

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.content(b)).isEqualTo("new content");
        assertThat(tree.files(List.of(a, c))).isEqualTo(1);
        assertNamed(report, ProblemKind.CHANGED, b);
        assertThat(tree.leftovers()).isEmpty();
    }

    @Test
    void masterThatIsExchangedAfterItWasReadIsNotSpread() {
        ForwardingFiles files = onLink(() -> {
            Path other = Files.writeString(tree.root().resolve("other"), "ten");
            Files.move(other, tree.file(a), StandardCopyOption.ATOMIC_MOVE);
        });

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.content(a)).isEqualTo("ten");
        assertThat(tree.files(List.of(b, c))).isEqualTo(1);
        assertThat(tree.content(b)).isEqualTo("one");
        assertNamed(report, ProblemKind.CHANGED, a);
    }

    @Test
    void copyThatIsDeletedMeanwhileStaysDeleted() {
        ForwardingFiles files = onLink(() -> Files.delete(tree.file(b)));

        DedupeReport report = dedupe(files, applied());

        assertThat(tree.file(b)).doesNotExist();
        assertThat(report.problems().named()).isEmpty();
        assertThat(tree.leftovers()).isEmpty();
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Makes the change once, just before the first link. */
    private static ForwardingFiles onLink(Change change) {
        return new ForwardingFiles() {
            private boolean made;

            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.LINK && !made) {
                    made = true;
                    change.make();
                }
            }
        };
    }
}
