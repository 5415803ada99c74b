package io.blobpath.cache;

import java.util.Optional;

/** A registered digest algorithm of the OCI image specification (descriptor, "Digests"). */
public enum DigestAlgorithm {
    /** SHA-256, the one that registries use. */
    SHA256("sha256", 32, 1),
    /** SHA-512. */
    SHA512("sha512", 64, 2),
    /** BLAKE3 with 256 bits of output. */
    BLAKE3("blake3", 32, 3);

    private final String id;
    private final int length;
    private final byte code;

    DigestAlgorithm(String id, int length, int code) {
        this.id = id;
        this.length = length;
        this.code = (byte) code;
    }

    /** The name before the colon, such as {@code sha256}. */
    public String id() {
        return id;
    }

    /** The number of bytes of a digest; its text has twice as many hexadecimal digits. */
    public int length() {
        return length;
    }

    /** A number for binary keys; it never changes, and it sorts like the constants do. */
    public byte code() {
        return code;
    }

    /** The algorithm with this name, if it is registered. */
    public static Optional<DigestAlgorithm> byId(String id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The algorithm with this code, if there is one. */
    public static Optional<DigestAlgorithm> byCode(byte code) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.code == code) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
