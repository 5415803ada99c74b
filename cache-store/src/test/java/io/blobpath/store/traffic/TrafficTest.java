package io.blobpath.store.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.GarbageCollector;
import io.blobpath.store.blob.GcOptions;
import io.blobpath.store.blob.GcReport;
import io.blobpath.store.blob.KeepReason;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.Indexer;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three processes push, mount, fetch, tag, delete, collect and read on one root. Every now and then one of them is killed, or
 * stopped for longer than its leases and the grace period, or the backend loses everything. The profile {@code campaign} has
 * all drivers, and does it for longer.
 */
@Timeout(900)
final class TrafficTest {
    private static final int PROCESSES = 3;
    private static final int SECONDS = Integer.getInteger("blobpath.traffic.seconds", 6);
    private static final int WIPES = Integer.getInteger("blobpath.traffic.wipes", 3);
    private static final Duration STOP = Duration.ofMillis(2500);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("blobpath.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Child> children = new ArrayList<>();
    private final List<Process> servers = new ArrayList<>();
    private int port;

    @AfterEach
    void endAll() throws InterruptedException {
        for (Child child : children) {
            child.kill();
        }
        for (Process server : servers) {
            server.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsLostAndNoGarbageStaysAlthoughProcessesAreKilledAndStopped(Backend backend) throws Exception {
        StoreRoot root = begin(backend);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; System.nanoTime() - end < 0 && ledger.count("failed") == 0; i++) {
            int victim = random.nextInt(PROCESSES);
            if (i % 2 == 0) {
                kill(root, victim);
            } else {
                children.get(victim).stopFor(STOP);
            }
            children.get(victim).awaitLine();
        }
        finish(root);
        assertSound(root);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aBackendThatIsWipedUnderTrafficCostsNoReadAndNoBlob(Backend backend) throws Exception {
        StoreRoot root = begin(backend);
        for (int i = 0; i < WIPES && ledger.count("failed") == 0; i++) {
            for (Child child : children) {
                child.awaitLine();
            }
            backend.wipe(folder, port);
            if (random.nextInt(4) == 0) {
                kill(root, random.nextInt(PROCESSES));
            }
        }
        finish(root);
        assertSound(root);
    }

    private StoreRoot begin(Backend backend) throws Exception {
        assumeTrue(backend.isInstalled(), backend + " is only on the class path of the campaign");
        System.out.println("TrafficTest " + backend + " seed " + seed);
        port = Backend.freePort();
        Process server = backend.start(folder, port);
        if (server != null) {
            servers.add(server);
        }
        Files.writeString(config(), backend.config(folder, port));
        StoreRoot root = StoreRoot.open(Files.createDirectory(folder.resolve("root")));
        try (BlobPathCache cache = open()) {
            BlobStore store = BlobStore.open(root, cache, TrafficProcess.OPTIONS);
            for (int i = 0; i < TrafficProcess.STABLE_TAGS; i++) {
                TrafficProcess.push(store, TrafficProcess.STABLE, "tag" + i, i);
            }
        }
        for (int i = 0; i < PROCESSES; i++) {
            children.add(child(root, i));
        }
        return root;
    }

    private void kill(StoreRoot root, int victim) throws IOException, InterruptedException {
        children.get(victim).kill();
        children.set(victim, child(root, victim));
    }

    private Child child(StoreRoot root, int node) throws IOException {
        return Child.start(ledger, config(), root.path(), node, random.nextLong());
    }

    private void finish(StoreRoot root) throws InterruptedException {
        for (Child child : children) {
            child.end();
        }
        System.out.printf(
                "%,d images pushed, %,d tags deleted, %,d times opened, %,d times again%n",
                ledger.count("put"), ledger.count("delete"), ledger.count("open"), ledger.count("again"));
        assertThat(ledger.count("failed")).as("see above").isZero();
        assertThat(ledger.count("put")).isPositive();
        assertThat(root.path()).isDirectory();
    }

    private void assertSound(StoreRoot root) throws IOException {
        try (BlobPathCache cache = open()) {
            BlobStore store = BlobStore.open(root, cache);
            assertThat(new Tree(root.path()).broken()).isEmpty();
            assertLedger(store);
            assertComplete(store);
            GarbageCollector collector = new GarbageCollector(root, cache, TrafficProcess.OPTIONS, StoreListener.NONE);
            GcOptions all = GcOptions.defaults().withGrace(Duration.ZERO);
            for (int i = 0; i < 2; i++) {
                assertThat(collect(collector, all.withApply(true)).problems().total())
                        .isZero();
            }
            GcReport rest = collector.collect(all);
            assertThat(rest.removed()).isZero();
            assertThat(rest.leftovers()).isZero();
            assertThat(rest.kept().keySet()).isEqualTo(Set.of(KeepReason.REFERENCED));
            assertLedger(store);
            assertComplete(store);
            new Indexer(root, cache, StoreListener.NONE).index(IndexOptions.defaults());
            assertThat(records(cache)).isEqualTo(blobs(root));
        }
    }

    /** Those who were killed while they collected hold their turn until its lease ends. */
    private static GcReport collect(GarbageCollector collector, GcOptions options) throws IOException {
        GcReport report = collector.collect(options);
        while (report.problems().count(ProblemKind.BUSY) > 0) {
            report = collector.collect(options);
        }
        return report;
    }

    private void assertLedger(BlobStore store) throws IOException {
        for (Map.Entry<String, Set<String>> tag : ledger.allowed().entrySet()) {
            int colon = tag.getKey().indexOf(':');
            String visible = store.manifest(
                            new RepositoryName(tag.getKey().substring(0, colon)),
                            ManifestReference.parse(tag.getKey().substring(colon + 1)))
                    .map(manifest -> manifest.digest().toString())
                    .orElse(Ledger.ABSENT);
            assertThat(tag.getValue()).as(tag.getKey()).contains(visible);
        }
    }

    /** Every visible tag is an image whose bytes are all there; their digests were looked at already. */
    private static void assertComplete(BlobStore store) throws IOException {
        for (RepositoryName repository : store.repositories()) {
            for (String tag : store.tags(repository)) {
                String manifest = new String(
                        store.manifest(repository, ManifestReference.parse(tag))
                                .orElseThrow()
                                .content(),
                        UTF_8);
                for (String part : manifest.split("\"", -1)) {
                    if (part.startsWith("sha256:")) {
                        assertThat(store.stat(repository, Digest.parse(part)))
                                .as("%s of %s:%s", part, repository, tag)
                                .isPresent();
                    }
                }
            }
        }
    }

    private static Set<String> records(BlobPathCache cache) {
        Set<String> records = new TreeSet<>();
        new RecordScan(cache).forEach((entry, path) -> records.add(path.toString()));
        return records;
    }

    private static Set<String> blobs(StoreRoot root) {
        try (Stream<Path> files = Files.walk(root.path())) {
            Set<String> blobs = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .map(root::relative)
                    .filter(file -> file.contains("/blobs/") && !file.startsWith("."))
                    .forEach(file -> blobs.add(BlobPath.of(file).toString()));
            return blobs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BlobPathCache open() {
        return BlobPathCaches.open(CacheConfig.load(config()));
    }

    private Path config() {
        return folder.resolve("config.json");
    }
}
