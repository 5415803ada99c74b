package io.blobpath.store.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.lmdb.LmdbOptions;
import io.blobpath.store.BlobContent;
import io.blobpath.store.stream.StreamReader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process of {@link LayerProcessesTest}. It reads the layers whose numbers it is told. A download tells when half of it is done,
 * and waits for the next line.
 */
final class LayerProcess {
    private static final int LENGTH = 300_000;
    private static final BufferedReader ORDERS = new BufferedReader(new InputStreamReader(System.in, UTF_8));

    private LayerProcess() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (BlobPathCache index = BlobPathCaches.open(CacheConfig.of(LmdbOptions.of(folder.resolve("index"))));
                LayerCache layers = LayerCache.open(folder.resolve("layers"), index, LayerCacheOptions.defaults())) {
            System.out.println("open");
            for (String order = ORDERS.readLine(); order != null; order = ORDERS.readLine()) {
                int number = Integer.parseInt(order);
                System.out.println("reading");
                StreamReader reader = layers.compressed(layer(number), request -> halved(bytes(number)));
                System.out.println(LayerTest.digest(LayerTest.readAll(reader)));
            }
        }
    }

    /** Tells when the first half was taken, and waits for an order before it gives the other one. */
    private static BlobContent halved(byte[] bytes) {
        InputStream first = new ByteArrayInputStream(bytes, 0, LENGTH / 2);
        InputStream second = new ByteArrayInputStream(bytes, LENGTH / 2, LENGTH - LENGTH / 2);
        return new BlobContent(LENGTH, new SequenceInputStream(first, new FilterInputStream(second) {
            private boolean told;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (!told) {
                    told = true;
                    System.out.println("half");
                    ORDERS.readLine();
                }
                return super.read(target, offset, length);
            }
        }));
    }

    static Layer layer(int number) {
        return new Layer(LayerTest.digest(bytes(number)), LENGTH, LayerTest.TAR);
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[LENGTH];
        new Random(number).nextBytes(bytes);
        return bytes;
    }
}
