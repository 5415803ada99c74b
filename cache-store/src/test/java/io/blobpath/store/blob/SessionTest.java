package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.store.BlobInUseException;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.StoreTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of one repository, when a holder is stopped for longer than its lease at the worst moment. */
final class SessionTest extends StoreTest {
    private static final RepositoryName A = new RepositoryName("a");

    private BlobPathCache otherNode;

    @BeforeEach
    void startOtherNode() {
        otherNode = anotherCache();
    }

    @AfterEach
    void stopOtherNode() {
        otherNode.close();
    }

    /** Before one call of the file system, lets somebody else take the repository over and finish. */
    private final class Pause extends ForwardingFiles {
        private final Call call;
        private final String suffix;
        private final Others others;
        private int left;

        Pause(Call call, String suffix, int times, Others others) {
            this.call = call;
            this.suffix = suffix;
            this.left = times;
            this.others = others;
        }

        @Override
        protected void before(Call now, Path file) throws IOException {
            if (now == call
                    && file.toString().contains("/doors/")
                    && file.toString().endsWith(suffix)
                    && left > 0) {
                left--;
                endLease();
                others.act();
            }
        }
    }

    private interface Others {
        void act() throws IOException;
    }

    @Test
    void aStoppedTaggerDoesNotWriteItsIndexOverANewerOne() throws IOException {
        Images.image(store(), A, "0", "layer");
        Pause pause = new Pause(
                ForwardingFiles.Call.RENAME, "index.json", 1, () -> Images.image(other(), A, "newer", "layer"));

        Images.image(store(pause), A, "older", "layer");

        assertThat(store().tags(A)).containsExactly("0", "newer", "older");
        assertThat(doors()).isEmpty();
    }

    @Test
    void aStoppedRemoverDoesNotTakeAwayWhatWasPublishedMeanwhile() throws IOException {
        Digest layer = Images.blob(store(), A, "layer");
        Pause pause =
                new Pause(ForwardingFiles.Call.DELETE, layer.hex(), 1, () -> Images.image(other(), A, "1.0", "layer"));

        assertThatExceptionOfType(BlobInUseException.class)
                .isThrownBy(() -> store(pause).delete(A, layer));
        assertThat(tree.content(A.blob(layer))).isEqualTo("layer");
    }

    @Test
    void aTaggerThatWasStoppedBeforeItMadeItsDoorBeginsAgain() throws IOException {
        Images.image(store(), A, "0", "layer");
        List<String> seen = new ArrayList<>();
        ForwardingFiles late = new ForwardingFiles() {
            @Override
            protected void before(Call now, Path file) throws IOException {
                if (now == Call.SYMBOLIC_LINK && seen.isEmpty()) {
                    seen.add(file.toString());
                    endLease();
                    Images.image(other(), A, "newer", "layer");
                }
            }
        };

        Images.image(store(late), A, "older", "layer");

        assertThat(store().tags(A)).containsExactly("0", "newer", "older");
        assertThat(doors()).isEmpty();
    }

    @Test
    void aTaggerThatWasStoppedWhileItWroteItsIndexWritesItAgain() throws IOException {
        Images.image(store(), A, "0", "layer");
        List<Path> collected = new ArrayList<>();
        ForwardingFiles collecting = new ForwardingFiles() {
            @Override
            protected void before(Call now, Path file) throws IOException {
                if (now == Call.SYNC
                        && file.toString().contains("/uploads/")
                        && Files.readString(file).contains("\"manifests\"")
                        && collected.isEmpty()) {
                    collected.add(file);
                    Files.delete(file);
                }
            }
        };

        Images.image(store(collecting), A, "1", "layer");

        assertThat(collected).hasSize(1);
        assertThat(store().tags(A)).containsExactly("0", "1");
        assertThat(tree.leftovers()).isEmpty();
    }

    @Test
    void aRepositoryThatIsTakenOverAgainAndAgainIsBusy() throws IOException {
        Images.image(store(), A, "0", "layer");
        Pause pause = new Pause(
                ForwardingFiles.Call.RENAME,
                "index.json",
                Integer.MAX_VALUE,
                () -> Images.image(other(), A, "newer", "layer"));

        assertThatExceptionOfType(StoreBusyException.class)
                .isThrownBy(() -> Images.image(store(pause), A, "older", "layer"))
                .withMessageContaining("'a'");
        assertThat(store().tags(A)).containsExactly("0", "newer");
    }

    @Test
    void aDoorOfADeadProcessIsRemovedByTheNextSession() throws IOException {
        Images.image(store(), A, "0", "layer");
        Path left = tree.root().resolve(".blobpath/doors").resolve(A.key()).resolve("1-dead");
        Files.createSymbolicLink(left, Path.of("../../../a"));

        Images.image(store(), A, "1", "layer");

        assertThat(doors()).isEmpty();
    }

    @Test
    void aRepositoryThatIsHeldForTooLongIsBusy() throws Exception {
        Images.image(store(), A, "0", "layer");
        LeaseOptions impatient = LeaseOptions.DEFAULT.withPatience(Duration.ZERO);
        try (Lease held = otherNode.leases().acquire(A.resource().lease(), LeaseOptions.DEFAULT)) {
            assertThat(held.isHeld()).isTrue();
            assertThatExceptionOfType(StoreBusyException.class)
                    .isThrownBy(() -> BlobStore.open(
                                    root(), cache, BlobStoreOptions.defaults().withLease(impatient))
                            .deleteManifest(A, ManifestReference.parse("0")))
                    .withMessageContainingAll("'a'", "held by", "fence " + held.fence());
        }
        assertThat(store().tags(A)).containsExactly("0");
    }

    @Test
    void whoFindsItBusyWithinTheProcessIsToldByWhat() throws Exception {
        Digest manifest = Images.image(store(), A, "0", "layer");
        List<BlobStore> one = new ArrayList<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Pause pause = new Pause(
                ForwardingFiles.Call.RENAME,
                "index.json",
                1,
                () -> CompletableFuture.runAsync(() ->
                                refused.set(catchThrowable(() -> one.get(0).delete(A, manifest))))
                        .join());
        BlobStoreOptions impatient =
                BlobStoreOptions.defaults().withLease(LeaseOptions.DEFAULT.withPatience(Duration.ZERO));
        one.add(BlobStore.open(StoreRoot.open(tree.root(), pause), cache, impatient));

        one.get(0).deleteManifest(A, ManifestReference.parse("0"));

        assertThat(refused.get())
                .isInstanceOf(StoreBusyException.class)
                .hasMessageContainingAll("cannot change repository 'a'", "it waited for", "remove manifest 0");
    }

    @Test
    void tagsOfManyThreadsAreAllKept() throws InterruptedException, ExecutionException, IOException {
        Images.image(store(), A, "first", "layer");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Digest>> tagged = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(
                            () -> Images.image(i % 2 == 0 ? store() : other(), A, "t" + i, "layer " + i)))
                    .toList();
            for (Future<Digest> each : tagged) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(store().tags(A)).hasSize(41);
        assertThat(tree.broken()).isEmpty();
        assertThat(doors()).isEmpty();
    }

    private BlobStore store() {
        return BlobStore.open(root(), cache);
    }

    private BlobStore other() {
        return BlobStore.open(root(), otherNode);
    }

    private BlobStore store(ForwardingFiles files) {
        return BlobStore.open(StoreRoot.open(tree.root(), files), cache);
    }

    /** What happens when a holder is stopped: its lease ends, and it does not know. */
    private void endLease() {
        LeaseState state = cache.leases().peek(A.resource().lease()).orElseThrow();
        assertThat(cache.leases().breakLease(A.resource().lease(), state.fence()))
                .isTrue();
    }

    private List<Path> doors() {
        Path folder = tree.root().resolve(".blobpath/doors");
        try (Stream<Path> doors = Files.walk(folder)) {
            return doors.filter(Files::isSymbolicLink).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
