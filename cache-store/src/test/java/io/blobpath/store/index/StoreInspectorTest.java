package io.blobpath.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.store.StoreListener;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class StoreInspectorTest extends StoreTest {
    @Test
    void statsCompareRecordsWithTheDisk() throws IOException {
        BlobPath one = tree.blob("a", "four");
        tree.blob("b", "four");
        tree.repository("c");
        Files.createLink(tree.file(Tree.path("c", Tree.digest("four"))), tree.file(one));
        BlobPath gone = tree.blob("a", "gone");
        index();
        Files.delete(tree.file(gone));

        StoreStats stats = new StoreInspector(root(), cache).stats(StoreListener.NONE);

        assertThat(stats.digests()).isEqualTo(2);
        assertThat(stats.paths()).isEqualTo(4);
        assertThat(stats.missing()).isEqualTo(1);
        assertThat(stats.logicalBytes()).isEqualTo(12);
        assertThat(stats.physicalBytes()).isEqualTo(8);
        assertThat(stats.duplicateBytes()).isEqualTo(4);
        assertThat(stats.problems().named()).isEmpty();
    }

    @Test
    void inspectionListsEveryPathWithItsFile() throws IOException {
        BlobPath canonical = tree.blob("z", "one");
        index();
        BlobPath other = tree.blob("a", "one");
        index();
        Files.delete(tree.file(other));

        BlobInspection inspection = new StoreInspector(root(), cache).inspect(Tree.digest("one"));

        assertThat(inspection.isRecorded()).isTrue();
        assertThat(inspection.paths()).extracting(PathInspection::path).containsExactly(canonical, other);
        assertThat(inspection.paths())
                .extracting(PathInspection::presence)
                .containsExactly(Presence.THERE, Presence.GONE);
        assertThat(inspection.paths().get(0).state()).contains(tree.state(canonical));
    }

    @Test
    void unknownDigestIsNotRecorded() {
        BlobInspection inspection = new StoreInspector(root(), cache).inspect(Tree.digest("unknown"));

        assertThat(inspection.isRecorded()).isFalse();
    }
}
