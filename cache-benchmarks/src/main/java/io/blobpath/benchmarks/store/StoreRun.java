package io.blobpath.benchmarks.store;

import io.blobpath.benchmarks.peer.Caches;
import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.BlobStoreOptions;
import io.blobpath.store.blob.GarbageCollector;
import io.blobpath.store.blob.GcOptions;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import io.blobpath.store.file.BlobHashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The blob store with the LMDB driver in this JVM, round by round beside the bare JDK on the same file system. */
public final class StoreRun {
    private static final int WARM_UP = 1;
    private static final int MOUNTS = 200;
    private static final long PUSHING = TimeUnit.SECONDS.toNanos(3);
    private static final RepositoryName ONE = new RepositoryName("one");
    private static final RepositoryName OTHER = new RepositoryName("other");

    private final Path folder;
    private final byte[] content;
    private final int repositories;
    private final Samples samples;
    private final Consumer<String> talk;
    private int number;
    private boolean warm;

    /**
     * A run.
     *
     * @param folder where files are written, and deleted afterwards
     * @param mebibytes how large a blob is
     * @param repositories how many the larger store has that is collected
     */
    public StoreRun(Path folder, int mebibytes, int repositories, Samples samples, Consumer<String> talk) {
        this.folder = folder.resolve("blob-store");
        this.content = new byte[mebibytes << 20];
        this.repositories = repositories;
        this.samples = samples;
        this.talk = talk;
        new SplittableRandom(1).nextBytes(content);
    }

    /** Measures so many rounds, after one that is not counted. */
    public void measure(int rounds) throws Exception {
        collect(repositories / 10, "small", rounds);
        collect(repositories, "large", rounds);
        Path root = Files.createDirectories(folder.resolve("root"));
        Path raw = Files.createDirectories(folder.resolve("raw"));
        try (BlobPathCache cache = Caches.open(Files.createDirectories(folder.resolve("cache")))) {
            StoreRoot place = StoreRoot.open(root);
            for (int round = 1 - WARM_UP; round <= rounds; round++) {
                warm = round > 0;
                talk.accept(warm ? "blob store, round " + round + " of " + rounds : "blob store, warming up");
                publish(BlobStore.open(place, cache), raw);
                mount(BlobStore.open(place, cache));
                push(place, cache);
            }
        }
        Folders.delete(folder);
    }

    private void publish(BlobStore store, Path raw) throws IOException {
        ByteBuffer.wrap(content).putInt(0, ++number);
        Digest digest = BlobHashes.sha256(content);
        rate("new", () -> publish(store, ONE, digest));
        rate("raw", () -> RawPublish.store(content, raw));
        rate("known", () -> publish(store, OTHER, digest));
        rate("hash", () -> {
            Digest unused = BlobHashes.sha256(content);
            RawPublish.read(raw.resolve(digest.hex()));
        });
        store.delete(ONE, digest);
        store.delete(OTHER, digest);
        Files.delete(raw.resolve(digest.hex()));
    }

    private void publish(BlobStore store, RepositoryName repository, Digest digest) throws IOException {
        store.publish(repository, digest, content.length, new ByteArrayInputStream(content));
    }

    private void mount(BlobStore store) throws IOException {
        double[] micros = new double[MOUNTS];
        for (int i = 0; i < MOUNTS; i++) {
            byte[] layer = Images.bytes("mounted " + ++number);
            Digest digest = BlobHashes.sha256(layer);
            store.publish(ONE, digest, layer.length, new ByteArrayInputStream(layer));
            long start = System.nanoTime();
            boolean mounted = store.mount(ONE, OTHER, digest).isPresent();
            micros[i] = (System.nanoTime() - start) / 1e3;
            if (!mounted) {
                throw new IllegalStateException("not mounted: " + digest);
            }
        }
        Arrays.sort(micros);
        add("mount", micros[MOUNTS / 2]);
    }

    /** Pushes of small images alone, and while another thread collects all the time. */
    private void push(StoreRoot root, BlobPathCache cache) throws Exception {
        BlobStore store = BlobStore.open(root, cache);
        add("push alone", pushes(store));
        ExecutorService collecting = Executors.newSingleThreadExecutor();
        try {
            Future<?> collector = collecting.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    new GarbageCollector(root, cache, BlobStoreOptions.defaults(), StoreListener.NONE)
                            .collect(GcOptions.defaults().withApply(true));
                }
                return null;
            });
            add("push beside gc", pushes(store));
            collector.cancel(true);
        } finally {
            collecting.shutdown();
            collecting.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private double pushes(BlobStore store) throws IOException {
        long start = System.nanoTime();
        int pushed = 0;
        while (System.nanoTime() - start < PUSHING) {
            byte[] config = Images.bytes("config " + ++number);
            byte[] layer = Images.bytes("layer " + number);
            store.publish(ONE, BlobHashes.sha256(config), config.length, new ByteArrayInputStream(config));
            store.publish(ONE, BlobHashes.sha256(layer), layer.length, new ByteArrayInputStream(layer));
            store.putManifest(ONE, ManifestReference.parse("t" + number % 10), Images.manifest(config, layer));
            pushed++;
        }
        return pushed * 1e9 / (System.nanoTime() - start);
    }

    /** A dry run over a store of so many repositories: marks, and lists all blobs. */
    private void collect(int count, String size, int rounds) throws IOException {
        talk.accept("a store of " + count + " repositories");
        Path root = Files.createDirectories(folder.resolve("collected-" + size));
        Images.write(root, count);
        try (BlobPathCache cache = Caches.open(Files.createDirectories(folder.resolve("cache-" + size)))) {
            GarbageCollector collector =
                    new GarbageCollector(StoreRoot.open(root), cache, BlobStoreOptions.defaults(), StoreListener.NONE);
            for (int round = 1 - WARM_UP; round <= rounds; round++) {
                warm = round > 0;
                long start = System.nanoTime();
                collector.collect(GcOptions.defaults());
                double millis = (System.nanoTime() - start) / 1e6;
                add("gc " + size, millis);
                add("gc of one, " + size, 1000 * millis / count);
            }
        }
        Folders.delete(root);
    }

    private interface Task {
        void run() throws IOException;
    }

    private void rate(String name, Task task) throws IOException {
        long start = System.nanoTime();
        task.run();
        add(name, (content.length >> 20) * 1e9 / (System.nanoTime() - start));
    }

    private void add(String name, double value) {
        if (warm) {
            samples.add("store " + name, value);
        }
    }
}
