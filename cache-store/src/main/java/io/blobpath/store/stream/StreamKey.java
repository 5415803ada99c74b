package io.blobpath.store.stream;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stream is cached under. It must hold everything that changes the bytes, such as a protocol or an argument, and nothing
 * else: a user or an address in it makes a miss of what could be a hit.
 *
 * <p>If the key is a digest, the bytes are checked against it: while they are made, before the entry becomes visible to a later
 * caller, and once more when a file of an earlier process is used for the first time.
 */
public final class StreamKey {
    private static final int LIMIT = 4096;

    private final String text;
    private final byte[] bytes;
    private final Optional<Digest> digest;
    private final String name;

    private StreamKey(String text, Optional<Digest> digest) {
        this.text = text;
        this.bytes = encode(text);
        this.digest = digest;
        if (bytes.length > LIMIT) {
            throw new IllegalArgumentException("a stream key has at most " + LIMIT + " bytes, not " + bytes.length
                    + "; use a digest of its parts");
        }
        this.name = Digest.of(DigestAlgorithm.SHA256, sha256(bytes)).hex();
    }

    /** The stream whose bytes have this digest. */
    public static StreamKey of(Digest digest) {
        return new StreamKey("digest:" + digest, Optional.of(digest));
    }

    /** The stream of this name. */
    public static StreamKey of(String name) {
        return new StreamKey("name:" + name, Optional.empty());
    }

    /** The stream that these fields determine, in whatever order they come. */
    public static StreamKey of(String kind, Map<String, String> fields) {
        StringBuilder text = new StringBuilder("fields:");
        append(text, kind);
        new TreeMap<>(fields).forEach((field, value) -> {
            append(text, field);
            append(text, value);
        });
        return new StreamKey(text.toString(), Optional.empty());
    }

    /** The digest that the bytes must have, if the key is one. */
    public Optional<Digest> digest() {
        return digest;
    }

    /** The name of the file: the SHA-256 of the key, in hexadecimal digits. */
    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamKey that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** For messages: what kind of key it is, and the key. */
    @Override
    public String toString() {
        return text;
    }

    /** With its length in front, so that no two lists of parts look alike. */
    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    private static byte[] encode(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a stream key must be well-formed text, without half a character", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
