package io.blobpath.store.stream;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.fixture.ForwardingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The process that {@link ProcessTest} kills. It writes one byte before each file operation. */
final class KilledCache {
    static final int KEYS = 12;
    private static final int THREADS = 3;
    private static final int CHUNK = 10_000;

    private KilledCache() {}

    public static void main(String[] args) throws Exception {
        ForwardingFiles telling = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) {
                System.out.write('.');
                if (System.out.checkError()) {
                    // The test is gone, so nobody will kill this process.
                    Runtime.getRuntime().halt(1);
                }
            }
        };
        StreamCacheOptions options = StreamCacheOptions.defaults().withMaxBytes(500_000);
        StreamCache cache = DiskStreamCache.open(Path.of(args[0]), options, telling, StreamTiming.system());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            long seed = i;
            threads.execute(
                    () -> work(cache, new Random(seed + ProcessHandle.current().pid())));
        }
    }

    private static void work(StreamCache cache, Random random) {
        try {
            while (true) {
                int number = random.nextInt(KEYS);
                StreamKey key = keys(number).get(random.nextInt(2));
                if (random.nextInt(4) == 0) {
                    cache.invalidate(key);
                } else {
                    cache.fetch(key, new CountingSink(), producer(number), StreamOptions.defaults());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two keys of the same content: one that is verified, and one that is not. */
    static List<StreamKey> keys(int number) {
        return List.of(StreamKey.of("name " + number), StreamKey.of(digest(number)));
    }

    static Digest digest(int number) {
        MessageDigest hash = sha256();
        hash.update(content(number));
        return Digest.of(DigestAlgorithm.SHA256, hash.digest());
    }

    static StreamProducer producer(int number) {
        return sink -> {
            byte[] content = content(number);
            for (int at = 0; at < content.length; at += CHUNK) {
                sink.write(ByteBuffer.wrap(content, at, Math.min(CHUNK, content.length - at)));
            }
        };
    }

    static MessageDigest sha256() {
        return BlobHashes.hash(DigestAlgorithm.SHA256).orElseThrow();
    }

    private static byte[] content(int number) {
        byte[] content = new byte[number * 9_999];
        new Random(number).nextBytes(content);
        return content;
    }
}
