package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.tck.memory.MemoryOptions;
import io.blobpath.tck.memory.MemoryStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** A table, a proxy in front of it, and handles; closing it closes them all. */
final class Fixture implements AutoCloseable {
    private static final Path PAGE = Path.of("..", "docs", "drivers", "dynamodb.md");

    private final TestTable table = TestTable.create();
    private final FaultProxy proxy = new FaultProxy();
    private final Deque<Runnable> opened = new ArrayDeque<>();

    static Digest digest(int number) {
        byte[] bytes = new byte[DigestAlgorithm.SHA256.length()];
        new Random(number).nextBytes(bytes);
        return Digest.of(DigestAlgorithm.SHA256, bytes);
    }

    static BlobPath path(String text) {
        return BlobPath.of(text);
    }

    /** The page for operators, which the tests hold to its word. */
    static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** An empty store of the reference driver. */
    static CacheDriver memory() {
        MemoryStores.drop("model");
        return BlobPathCaches.openDriver(CacheConfig.of(new MemoryOptions("model")));
    }

    TestTable table() {
        return table;
    }

    FaultProxy proxy() {
        return proxy;
    }

    BlobPathCache open() {
        return open(CacheConfig.of(table.options(proxy.endpoint())));
    }

    /** A handle without the shared checks. */
    CacheDriver openDriver(Duration timeout) {
        CacheDriver driver = BlobPathCaches.openDriver(
                CacheConfig.of(table.options(proxy.endpoint())).withOperationTimeout(timeout));
        opened.push(driver::close);
        return driver;
    }

    BlobPathCache open(CacheConfig config) {
        BlobPathCache cache = BlobPathCaches.open(config);
        opened.push(cache::close);
        return cache;
    }

    @Override
    public void close() {
        proxy.script(ask -> FaultProxy.Fate.PASS);
        proxy.mend();
        opened.forEach(Runnable::run);
        proxy.close();
        table.delete();
    }
}
