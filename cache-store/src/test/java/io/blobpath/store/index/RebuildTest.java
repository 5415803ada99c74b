package io.blobpath.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RebuildTest extends StoreTest {
    @Test
    void theDifferenceIsToldAndNothingChanged() throws IOException {
        BlobPath known = tree.blob("a", "known");
        BlobPath gone = tree.blob("a", "gone");
        index();
        Files.delete(tree.file(gone));
        BlobPath fresh = tree.blob("b", "new");

        RebuildReport report = rebuild(false);

        assertThat(report.blobs()).isEqualTo(2);
        assertThat(report.unrecorded()).isEqualTo(1);
        assertThat(report.stale()).isEqualTo(1);
        assertThat(report.differences())
                .containsExactly(
                        new Difference(Difference.Kind.UNRECORDED, Tree.digest("new"), fresh),
                        new Difference(Difference.Kind.STALE, Tree.digest("gone"), gone));
        assertThat(recorded(Tree.digest("new"))).isEmpty();
        assertThat(recorded(Tree.digest("gone"))).containsExactly(gone);
        assertThat(recorded(Tree.digest("known"))).containsExactly(known);
    }

    @Test
    void afterAWipeTheRecordsAreThoseOfTheDisk() {
        for (int i = 0; i < 50; i++) {
            tree.blob("r" + i % 7, "content " + i % 20);
        }
        index();
        List<String> before = records();
        wipe();

        RebuildReport report = rebuild(true);

        assertThat(report.unrecorded()).isEqualTo(before.size());
        assertThat(records()).isEqualTo(before);
        assertThat(rebuild(false).differences()).isEmpty();
    }

    @Test
    void recordsThatTheDiskDoesNotBearOutGo() throws IOException {
        BlobPath real = tree.blob("a", "content");
        index();
        Digest content = Tree.digest("content");
        tree.blob("bare", "content");
        Files.delete(tree.root().resolve("bare/oci-layout"));
        Files.createSymbolicLink(tree.root().resolve("linked"), tree.root().resolve("a"));
        Digest empty = Digest.parse("sha256:" + "0".repeat(2 * DigestAlgorithm.SHA256.length()));
        cache.put(content, Tree.path("bare", content));
        cache.put(content, Tree.path("linked", content));
        cache.put(content, BlobPath.of("a/index.json"));
        cache.put(Tree.digest("other"), real);
        cache.put(empty, tree.file("a", empty, ""));

        RebuildReport report = rebuild(true);

        assertThat(report.stale()).isEqualTo(5);
        assertThat(recorded(content)).containsExactly(real);
        assertThat(recorded(Tree.digest("other"))).isEmpty();
        assertThat(rebuild(false).stale()).isZero();
    }

    @Test
    void whatWasMendedBeforeItWasStoppedStaysAndTheNextRunDoesTheRest() throws IOException {
        BlobPath gone = tree.blob("a", "gone");
        index();
        Files.delete(tree.file(gone));
        BlobPath fresh = tree.blob("a", "fresh");
        StoreListener stop = new StoreListener() {
            @Override
            public void started(StorePhase phase, OptionalLong expected) {
                if (phase == StorePhase.STALE) {
                    throw new IllegalStateException("stopped");
                }
            }
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new Rebuild(root(), cache, stop).run(true));

        assertThat(recorded(Tree.digest("fresh"))).containsExactly(fresh);
        assertThat(recorded(Tree.digest("gone"))).containsExactly(gone);
        assertThat(rebuild(true).unrecorded()).isZero();
        assertThat(rebuild(false).differences()).isEmpty();
    }

    @Test
    void aBlobThatComesBackWhileItsRecordGoesKeepsIt() throws IOException {
        BlobPath path = tree.blob("a", "content");
        tree.blob("a", "another");
        index();
        Files.delete(tree.file(path));
        StoreListener pusher = new StoreListener() {
            @Override
            public void advanced(StorePhase phase, long items, long bytes) {
                if (phase == StorePhase.STALE) {
                    tree.blob("a", "content");
                }
            }
        };

        RebuildReport report = new Rebuild(root(), cache, pusher).run(true);

        assertThat(report.stale()).isZero();
        assertThat(recorded(Tree.digest("content"))).containsExactly(path);
    }

    @Test
    void aRecordWhoseFileCannotBeLookedAtAnyMoreIsKept() throws IOException {
        BlobPath gone = tree.blob("a", "gone");
        index();
        Files.delete(tree.file(gone));
        AtomicInteger looks = new AtomicInteger();
        ForwardingFiles failing = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.STAT && file.equals(tree.file(gone)) && looks.incrementAndGet() == 2) {
                    throw new IOException("injected");
                }
            }
        };

        RebuildReport report = new Rebuild(StoreRoot.open(tree.root(), failing), cache, StoreListener.NONE).run(true);

        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.stale()).isZero();
        assertThat(recorded(Tree.digest("gone"))).containsExactly(gone);
    }

    @Test
    void anEmptyMountPointLosesNoRecord() {
        cache.put(Tree.digest("content"), Tree.path("a", Tree.digest("content")));

        assertThat(rebuild(false).stale()).isZero();
        assertThat(rebuild(true).problems().count(ProblemKind.NO_REPOSITORY)).isEqualTo(1);
        assertThat(recorded(Tree.digest("content"))).hasSize(1);
    }

    private RebuildReport rebuild(boolean apply) {
        return new Rebuild(root(), cache, StoreListener.NONE).run(apply);
    }

    private List<String> records() {
        List<String> records = new ArrayList<>();
        new RecordScan(cache).forEach((entry, path) -> records.add(path.toString()));
        return records.stream().sorted().toList();
    }

    private void wipe() {
        new RecordScan(cache).forEach((entry, path) -> cache.remove(entry.digest(), path));
    }
}
