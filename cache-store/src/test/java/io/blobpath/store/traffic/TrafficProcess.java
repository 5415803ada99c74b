package io.blobpath.store.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobInUseException;
import io.blobpath.store.BlobUnknownException;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.UploadExpiredException;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.BlobStoreOptions;
import io.blobpath.store.blob.GarbageCollector;
import io.blobpath.store.blob.GcOptions;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import io.blobpath.store.file.BlobHashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/**
 * A process of {@link TrafficTest}: {@code CONFIG ROOT NODE SEED}. Does what the clients of a registry do, until its input ends,
 * and tells what it changes before it begins and when it was acknowledged.
 */
final class TrafficProcess {
    static final BlobStoreOptions OPTIONS = BlobStoreOptions.defaults()
            .withLease(new LeaseOptions(Duration.ofSeconds(1), Duration.ofSeconds(2)))
            .withStall(Duration.ofSeconds(5));
    static final RepositoryName STABLE = new RepositoryName("stable");
    static final int STABLE_TAGS = 4;

    private static final int REPOSITORIES = 3;
    private static final int LAYERS = 12;
    private static final int TAGS = 4;
    private static final GcOptions COLLECTION =
            GcOptions.defaults().withApply(true).withGrace(Duration.ofSeconds(2));

    private final String node;
    private final StoreRoot root;
    private final Random random;

    private TrafficProcess(String node, StoreRoot root, Random random) {
        this.node = node;
        this.root = root;
        this.random = random;
    }

    public static void main(String[] args) {
        Thread watch = new Thread(TrafficProcess::endWithInput, "input");
        watch.setDaemon(true);
        watch.start();
        TrafficProcess traffic =
                new TrafficProcess(args[2], StoreRoot.open(Path.of(args[1])), new Random(Long.parseLong(args[3])));
        while (true) {
            try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(Path.of(args[0])))) {
                System.out.println("open");
                traffic.run(cache);
            } catch (BlobPathCacheException e) {
                // Stopped processes hold it up, or it has just been wiped.
                System.out.println("again " + e.getMessage());
            } catch (IOException | RuntimeException | Error e) {
                e.printStackTrace();
                System.out.println("failed " + e);
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** The bytes of a layer. */
    static byte[] layer(int number) {
        return ("layer " + number + '\n').repeat(500).getBytes(UTF_8);
    }

    /** Publishes an image; the tag is visible when this returns. */
    static Digest push(BlobStore store, RepositoryName repository, String tag, int layer) throws IOException {
        bring(store, repository, "{}".getBytes(UTF_8), 0);
        bring(store, repository, layer(layer), layer % 4);
        return store.putManifest(repository, ManifestReference.parse(tag), manifest(layer));
    }

    /** Reads an image to its end. */
    static void read(BlobStore store, RepositoryName repository, String tag, int layer) throws IOException {
        byte[] manifest = store.manifest(repository, ManifestReference.parse(tag))
                .orElseThrow(() -> new IllegalStateException("tag " + tag + " is gone"))
                .content();
        byte[] bytes = bytes(store.read(repository, BlobHashes.sha256(layer(layer)))
                .orElseThrow(() -> new IllegalStateException("the layer of " + tag + " is gone")));
        if (!new String(manifest, UTF_8).equals(new String(manifest(layer), UTF_8))
                || !BlobHashes.sha256(bytes).equals(BlobHashes.sha256(layer(layer)))) {
            throw new IllegalStateException("tag " + tag + " has other bytes than were published");
        }
    }

    static byte[] manifest(int layer) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + descriptor("{}".getBytes(UTF_8)) + ",\"layers\":[" + descriptor(layer(layer)) + "]}")
                .getBytes(UTF_8);
    }

    private static String descriptor(byte[] content) {
        return "{\"digest\":\"" + BlobHashes.sha256(content) + "\",\"size\":" + content.length + "}";
    }

    private static void bring(BlobStore store, RepositoryName repository, byte[] content, int way) throws IOException {
        Digest digest = BlobHashes.sha256(content);
        boolean there = switch (way) {
            case 0 -> store.stat(repository, digest).isPresent();
            case 1 -> store.mount(STABLE, repository, digest).isPresent();
            case 2 -> {
                InputStream fetched = store.fetch(
                        repository,
                        digest,
                        request -> new BlobContent(content.length, new ByteArrayInputStream(content)));
                yield bytes(fetched).length == content.length;
            }
            default -> false;
        };
        if (!there) {
            store.publish(repository, digest, content.length, new ByteArrayInputStream(content));
        }
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try (InputStream in = stream) {
            return in.readAllBytes();
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // The test is gone.
        }
        System.out.println("done");
        Runtime.getRuntime().halt(0);
    }

    private void run(BlobPathCache cache) throws IOException {
        BlobStore store = BlobStore.open(root, cache, OPTIONS);
        while (true) {
            try {
                act(store, cache);
            } catch (IOException | StoreException e) {
                if (!isExcused(e)) {
                    throw e;
                }
            }
        }
    }

    /** Others are at work, or this process was stopped for longer than the grace period; what else there is, is a failure. */
    private static boolean isExcused(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BlobPathCacheException e) {
                throw e;
            }
            if (each instanceof StoreBusyException
                    || each instanceof BlobUnknownException
                    || each instanceof BlobInUseException
                    || each instanceof UploadExpiredException
                    || each instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private void act(BlobStore store, BlobPathCache cache) throws IOException {
        RepositoryName repository = new RepositoryName("r" + random.nextInt(REPOSITORIES));
        String tag = "node" + node + "-" + random.nextInt(TAGS);
        int layer = random.nextInt(LAYERS);
        switch (random.nextInt(12)) {
            case 0 -> new GarbageCollector(root, cache, OPTIONS, StoreListener.NONE).collect(COLLECTION);
            case 1, 2 -> {
                tell("delete?", repository, tag, "-");
                store.deleteManifest(repository, ManifestReference.parse(tag));
                tell("delete", repository, tag, "-");
            }
            case 3 -> store.delete(repository, BlobHashes.sha256(layer(layer)));
            case 4, 5, 6 -> {
                int stable = random.nextInt(STABLE_TAGS);
                read(store, STABLE, "tag" + stable, stable);
            }
            default -> {
                String digest = BlobHashes.sha256(manifest(layer)).toString();
                tell("put?", repository, tag, digest);
                push(store, repository, tag, layer);
                tell("put", repository, tag, digest);
            }
        }
    }

    private static void tell(String what, RepositoryName repository, String tag, String digest) {
        System.out.println(what + " " + repository + ":" + tag + " " + digest);
    }
}
