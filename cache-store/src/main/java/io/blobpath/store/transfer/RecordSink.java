package io.blobpath.store.transfer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreInterruptedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts records into a cache, many at a time, and sees to it that the path that is canonical there becomes so here. */
final class RecordSink {
    private static final int BATCH = 1000;

    private final BlobPathCache cache;
    private final List<BlobRecord> batch = new ArrayList<>();
    private final Map<Digest, BlobPath> canonical = new HashMap<>();
    private long added;
    private long known;
    private long promoted;

    RecordSink(BlobPathCache cache) {
        this.cache = cache;
    }

    /** Takes one record. */
    void accept(Digest digest, BlobPath path, boolean isCanonical) {
        batch.add(new BlobRecord(digest, path));
        if (isCanonical) {
            canonical.put(digest, path);
        }
        if (batch.size() == BATCH) {
            flush();
        }
    }

    /** Writes what was taken and not written yet. */
    void flush() {
        List<PutResult> results = cache.putAll(batch);
        for (int i = 0; i < results.size(); i++) {
            Digest digest = batch.get(i).digest();
            if (results.get(i).added()) {
                added++;
            } else {
                known++;
            }
            BlobPath wanted = canonical.remove(digest);
            if (wanted != null && !results.get(i).canonical().equals(wanted)) {
                promote(digest, wanted);
            }
        }
        batch.clear();
    }

    long added() {
        return added;
    }

    long known() {
        return known;
    }

    long promoted() {
        return promoted;
    }

    private void promote(Digest digest, BlobPath path) {
        try (DigestLease lease = cache.leases().acquire(digest, LeaseOptions.DEFAULT)) {
            if (lease.promote(path)) {
                promoted++;
            }
        } catch (LeaseTimeoutException e) {
            throw new StoreBusyException("cannot make '" + path + "' canonical: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }
}
