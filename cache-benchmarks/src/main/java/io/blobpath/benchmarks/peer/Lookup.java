package io.blobpath.benchmarks.peer;

import io.blobpath.cache.Digest;

/** What to look for: a digest for our cache, a key for the others. */
public final class Lookup {
    private final Digest digest;
    private final byte[] key;

    private Lookup(Digest digest, byte[] key) {
        this.digest = digest;
        this.key = key;
    }

    /** Looks for the row with this number. */
    public static Lookup of(long number) {
        byte[] key = Row.key(number);
        return new Lookup(Row.digest(key), key);
    }

    Digest digest() {
        return digest;
    }

    byte[] key() {
        return key;
    }
}
