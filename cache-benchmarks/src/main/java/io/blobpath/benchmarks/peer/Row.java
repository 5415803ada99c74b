package io.blobpath.benchmarks.peer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.nio.ByteBuffer;

/** A digest and its path in every form that a peer takes, so that none has to convert while it is measured. */
public final class Row {
    private final Digest digest;
    private final BlobPath path;
    private final byte[] key;
    private final byte[] value;

    private Row(Digest digest, BlobPath path, byte[] key, byte[] value) {
        this.digest = digest;
        this.path = path;
        this.key = key;
        this.value = value;
    }

    /** The rows are numbered; each number gives the same row in every process, and no two numbers give the same. */
    public static Row of(long number) {
        byte[] key = key(number);
        Digest digest = digest(key);
        BlobPath path = BlobPath.of("registry/library/debian-bookworm/blobs/sha256/" + digest.hex());
        return new Row(digest, path, key, path.utf8());
    }

    /** Which blob. */
    public Digest digest() {
        return digest;
    }

    /** Where it lies: 110 bytes that contain the digest, as a path in an OCI layout does. */
    public BlobPath path() {
        return path;
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    /** Only the key of the row: the algorithm's code and the 32 bytes of the digest. */
    static byte[] key(long number) {
        ByteBuffer key = ByteBuffer.allocate(33).put(DigestAlgorithm.SHA256.code());
        for (long word = 0; word < 4; word++) {
            key.putLong(mixed(4 * number + word));
        }
        return key.array();
    }

    static Digest digest(byte[] key) {
        return Digest.of(DigestAlgorithm.SHA256, key, 1, key.length - 1);
    }

    /** Spreads numbers over all longs, one to one: the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
