package io.blobpath.cache.spi;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Finding;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a driver implements. The meaning of each operation is that of the method of the same name in
 * {@link io.blobpath.cache.BlobPathCache}.
 *
 * <p>A driver may assume, because it was checked before:
 *
 * <ul>
 *   <li>no argument is null, and limits are in range;
 *   <li>no operation begins after {@link #close} has begun, {@code close} is called once, and not before the operations under
 *       way have ended (or, if they hang, twice the operation timeout has passed).
 * </ul>
 *
 * <p>A driver must: be safe for any number of threads; end each call within {@link OpenContext#operationTimeout}; throw a
 * {@link BlobPathCacheException}, a new one for each caller, whose reason names neither driver, operation nor digest, which
 * are added; restore the
 * interrupt flag when it throws {@link io.blobpath.cache.CacheInterruptedException}; never answer a failure with "absent".
 */
public interface CacheDriver extends AutoCloseable {
    /** The canonical path of the digest. */
    Optional<BlobPath> canonical(Digest digest);

    /** Whether this path is recorded for the digest. */
    boolean contains(Digest digest, BlobPath path);

    /**
     * The paths of the digest that come behind {@code after} in byte order, in one snapshot with the canonical path.
     *
     * @param after exclusive lower bound; empty for the beginning
     * @param limit the most paths wanted; fewer means that there are no more
     */
    PathSlice paths(Digest digest, Optional<BlobPath> after, int limit);

    /** Records the path, in one atomic step. */
    PutResult put(Digest digest, BlobPath path);

    /** Removes the path, in one atomic step. */
    RemoveResult remove(Digest digest, BlobPath path);

    /** Records all, in order, as if one by one. */
    default List<PutResult> putAll(List<BlobRecord> records) {
        return each(records, record -> put(record.digest(), record.path()));
    }

    /** Removes all, in order, as if one by one. */
    default List<RemoveResult> removeAll(List<BlobRecord> records) {
        return each(records, record -> remove(record.digest(), record.path()));
    }

    /**
     * A page of all digests.
     *
     * @throws IllegalArgumentException if the token is not one of this driver's
     */
    ScanPage scan(ScanRequest request);

    /** What the driver tells about itself. */
    CacheInfo info();

    /** What an operator should mend at the backend; empty if the driver looks for nothing. */
    default List<Finding> findings() {
        return List.of();
    }

    /** Leases and guarded writes; empty if this driver has none. Always the same object. */
    default Optional<LeaseDriver> leases() {
        return Optional.empty();
    }

    /** Gives back everything the driver holds. */
    @Override
    void close();

    private static <R> List<R> each(List<BlobRecord> records, Function<BlobRecord, R> operation) {
        List<R> results = new ArrayList<>(records.size());
        try {
            for (BlobRecord record : records) {
                results.add(operation.apply(record));
            }
        } catch (BlobPathCacheException e) {
            BitSet applied = new BitSet();
            applied.set(0, results.size());
            throw e.withApplied(applied);
        }
        return results;
    }
}
