package io.blobpath.cache;

import static java.util.Objects.requireNonNull;

import io.blobpath.cache.spi.CacheDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every driver would otherwise repeat: argument checks, refusal after close, and the context of failures. */
final class CheckedCache implements BlobPathCache {
    private final String name;
    private final CacheDriver driver;
    private final Duration closePatience;
    private final OperationGate gate = new OperationGate();

    CheckedCache(String name, CacheDriver driver, Duration operationTimeout) {
        this.name = name;
        this.driver = driver;
        this.closePatience = operationTimeout.multipliedBy(2);
    }

    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        requireNonNull(digest, "digest");
        return call("canonical", digest, () -> driver.canonical(digest));
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return call("contains", requireNonNull(digest, "digest"), () -> driver.contains(digest, path));
    }

    @Override
    public PathPage paths(Digest digest, PageRequest page) {
        requireNonNull(page, "page");
        return call("paths", requireNonNull(digest, "digest"), () -> PathPages.read(driver, digest, page));
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return call("put", requireNonNull(digest, "digest"), () -> driver.put(digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        requireNonNull(path, "path");
        return call("remove", requireNonNull(digest, "digest"), () -> driver.remove(digest, path));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        List<BlobRecord> copy = List.copyOf(records);
        return call("putAll", null, () -> List.copyOf(driver.putAll(copy)));
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        List<BlobRecord> copy = List.copyOf(records);
        return call("removeAll", null, () -> List.copyOf(driver.removeAll(copy)));
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        requireNonNull(request, "request");
        return call("scan", null, () -> driver.scan(request));
    }

    @Override
    public CacheInfo info() {
        return call("info", null, driver::info);
    }

    @Override
    public void close() {
        if (!gate.close(closePatience)) {
            return;
        }
        try {
            driver.close();
        } catch (BlobPathCacheException e) {
            throw e.at(name, "close", null);
        }
    }

    /** Names the driver, never its options. */
    @Override
    public String toString() {
        return "BlobPathCache[" + name + "]";
    }

    private <R> R call(String operation, @Nullable Digest digest, Supplier<R> body) {
        int stripe = gate.enter();
        try {
            return body.get();
        } catch (BlobPathCacheException e) {
            throw e.at(name, operation, digest);
        } finally {
            gate.exit(stripe);
        }
    }
}
