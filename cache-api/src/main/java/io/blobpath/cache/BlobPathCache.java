package io.blobpath.cache;

import io.blobpath.cache.lease.Leases;
import java.util.List;
import java.util.Optional;

/**
 * Records which paths hold the blob with a digest.
 *
 * <p>The first path recorded for a digest is its <em>canonical</em> one and stays so until it is removed; then the smallest
 * of the remaining paths in UTF-8 byte order takes its place, on every driver (P3, D2). All other paths are
 * <em>duplicates</em>.
 *
 * <p>Any number of threads, platform or virtual, may use one cache (C3). Each operation on one digest is atomic, and the
 * operations on it are linearizable, across all caches that are open on the same store (C4, L4). A record is a hint about
 * bytes, not a permission: whoever looks up a digest learns where its bytes lie, and the caller decides who may read them.
 *
 * <p>Every method throws
 *
 * <ul>
 *   <li>{@link BlobPathCacheException}, one of its subclasses, if the backend failed. A failed look-up says nothing about
 *       the record; a failed change may have been applied or not, and is safe to repeat (E1, E4).
 *   <li>{@link IllegalStateException} after {@link #close} (L1).
 *   <li>{@link CacheInterruptedException} if the thread was interrupted while it waited; the flag stays set (E5).
 * </ul>
 */
public interface BlobPathCache extends AutoCloseable {
    /** The canonical path of the digest; empty if none is recorded (G1, G2). */
    Optional<BlobPath> canonical(Digest digest);

    /** Whether this path is recorded for the digest, canonical or not (G3). */
    boolean contains(Digest digest, BlobPath path);

    /**
     * A page of the digest's paths: the canonical one first, then the others in byte order (G4, G5). Empty if the digest is
     * absent. A path that is recorded throughout a paged listing is listed exactly once, even if it is promoted meanwhile.
     *
     * @throws IllegalArgumentException if the token does not come from a page of paths
     */
    PathPage paths(Digest digest, PageRequest page);

    /**
     * Records that the blob is stored at the path also. Recording a path again changes nothing (P1, P2, P3).
     *
     * <p>One atomic step, which tells what it decided (P5): of any number of concurrent first puts exactly one path becomes
     * canonical, and all are told which (C1).
     */
    PutResult put(Digest digest, BlobPath path);

    /**
     * Removes the record that the blob is stored at the path. Removing what is absent changes nothing and says so (D4).
     *
     * <p>One atomic step, which tells what it decided (D5): whether the path was there, which path was promoted in its place
     * (D2), and whether the digest is gone with its last path (D3).
     */
    RemoveResult remove(Digest digest, BlobPath path);

    /**
     * Does {@link #put} for each record, in order, in few round trips. Each put is atomic, the batch is not; a record may
     * occur twice (B1, B2).
     *
     * @return one result for each record, in the same order
     * @throws BlobPathCacheException if one failed; {@link BlobPathCacheException#applied} tells which are known to be
     *     applied (B3)
     */
    List<PutResult> putAll(List<BlobRecord> records);

    /**
     * Does {@link #remove} for each record, in order, in few round trips; otherwise like {@link #putAll}.
     *
     * @return one result for each record, in the same order
     */
    List<RemoveResult> removeAll(List<BlobRecord> records);

    /**
     * A page of all digests. Following the tokens visits every digest that exists throughout exactly once, in bounded memory,
     * while anybody may put and remove (S1, S3); a token is good after a restart (S2).
     *
     * @throws IllegalArgumentException if the token is not one of a scan of this driver
     */
    ScanPage scan(ScanRequest request);

    /**
     * Leases on digests and names, respected by every node on the same store.
     *
     * @throws UnsupportedOperationException if the driver has none
     */
    Leases leases();

    /** What the cache tells about itself, cheaply. */
    CacheInfo info();

    /**
     * Looks at the backend for what endangers records or work, such as a server that may drop them. Nothing found is no proof
     * that all is well. It may take some round trips and changes nothing.
     */
    List<Finding> findings();

    /**
     * Waits for the operations that are under way, then gives back what the cache holds. Closing again does nothing (L2).
     */
    @Override
    void close();
}
