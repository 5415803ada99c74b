package io.blobpath.cache.lease;

import io.blobpath.cache.Digest;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a lease is about: a digest, or anything else that has a name, such as a repository. The two never collide.
 *
 * <p>A name is any well-formed text of 1 to 512 bytes of UTF-8 (K9). Ordered by {@link #key}; everybody who takes several
 * leases takes them in this order.
 */
public final class LeaseName implements Comparable<LeaseName> {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    private final String key;
    private final Optional<Digest> digest;

    private LeaseName(String key, Optional<Digest> digest) {
        this.key = key;
        this.digest = digest;
    }

    /**
     * The lease with this name.
     *
     * @throws IllegalArgumentException if the name is empty, longer than {@link #MAX_BYTES} or has no UTF-8 form
     */
    public static LeaseName of(String name) {
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(name))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a lease name must have a UTF-8 form, without lone surrogates", e);
        }
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a lease name has 1 to " + MAX_BYTES + " bytes of UTF-8, but this has " + bytes);
        }
        return new LeaseName("n:" + name, Optional.empty());
    }

    /** The lease of this digest. */
    public static LeaseName of(Digest digest) {
        return new LeaseName("d:" + digest, Optional.of(digest));
    }

    /**
     * The name with this {@link #key}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LeaseName ofKey(String key) {
        if (key.startsWith("d:")) {
            return of(Digest.parse(key.substring(2)));
        }
        if (key.startsWith("n:")) {
            return of(key.substring(2));
        }
        throw new IllegalArgumentException("a lease key starts with 'd:' or 'n:'");
    }

    /** The digest, if the lease is about one. */
    public Optional<Digest> digest() {
        return digest;
    }

    /** One text for both kinds, for drivers that store it. */
    public String key() {
        return key;
    }

    @Override
    public int compareTo(LeaseName other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeaseName that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** The name as it was given, or the digest. */
    @Override
    public String toString() {
        return key.substring(2);
    }
}
