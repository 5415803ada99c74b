package io.blobpath.store.transfer;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes the records of a cache as JSON lines, which {@code docs/records.md} describes. The cache may be used meanwhile; each
 * digest is written as it is when it is passed.
 */
public final class RecordExport {
    private final BlobPathCache cache;
    private final StoreListener listener;

    /** Of this cache, which stays open. */
    public RecordExport(BlobPathCache cache, StoreListener listener) {
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * Writes all of them, and flushes. What was written before a failure lacks the last line, and no import takes it.
     *
     * @param out buffered, and closed by the caller
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed
     */
    public TransferReport write(OutputStream out) throws IOException {
        LineWriter lines = new LineWriter(out);
        RecordScan scan = new RecordScan(cache);
        lines.begin();
        listener.started(StorePhase.COPY, cache.info().records());
        try {
            scan.forEachPage(page -> page.forEach(entry -> write(entry, scan, lines)));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause(), "made with one");
        }
        listener.finished(StorePhase.COPY);
        return lines.end();
    }

    private void write(BlobEntry entry, RecordScan scan, LineWriter lines) {
        List<BlobPath> paths = new ArrayList<>();
        scan.paths(entry, paths::add);
        try {
            lines.entry(entry.digest(), paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.advanced(StorePhase.COPY, paths.size(), 0);
    }
}
