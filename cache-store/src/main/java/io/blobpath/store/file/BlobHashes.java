package io.blobpath.store.file;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes digests of files. */
public final class BlobHashes {
    private static final int BUFFER = 1 << 16;
    private static final String EMPTY_BLAKE3 =
            "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";

    private BlobHashes() {}

    /** The digest of no bytes at all. */
    public static Digest ofNothing(DigestAlgorithm algorithm) {
        return hash(algorithm)
                .map(hash -> Digest.of(algorithm, hash.digest()))
                .orElseGet(() -> Digest.parse(EMPTY_BLAKE3));
    }

    /** Whether digests of this algorithm can be computed here. */
    public static boolean canVerify(DigestAlgorithm algorithm) {
        return hash(algorithm).isPresent();
    }

    /**
     * Reads the file and tells whether its bytes match the digest.
     *
     * @param before what the file was when it was decided to read it; if it is another one now, it changed
     */
    public static Verdict verify(FileOperations files, Digest digest, Path file, FileState before) throws IOException {
        return verify(files, digest, file, before, null);
    }

    /** Does the same and writes what it read. */
    public static Verdict copy(
            FileOperations files, Digest digest, Path file, FileState before, WritableByteChannel target)
            throws IOException {
        return verify(files, digest, file, before, target);
    }

    /** Whether so many bytes from the beginning of an open file match the digest, or cannot be computed here. */
    public static boolean matches(Digest digest, SeekableByteChannel file, long length) throws IOException {
        Optional<MessageDigest> hash = hash(digest.algorithm());
        if (hash.isEmpty()) {
            return true;
        }
        file.position(0);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, length + 1));
        long left = length;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            if (file.read(buffer) < 0) {
                return false;
            }
            left -= buffer.flip().remaining();
            hash.get().update(buffer);
        }
        return Digest.of(digest.algorithm(), hash.get().digest()).equals(digest);
    }

    private static Verdict verify(
            FileOperations files, Digest digest, Path file, FileState before, @Nullable WritableByteChannel target)
            throws IOException {
        Optional<MessageDigest> hash = hash(digest.algorithm());
        if (hash.isEmpty()) {
            return Verdict.NOT_VERIFIABLE;
        }
        long length = read(files, file, before.size(), hash.get(), target);
        // Asked after the last byte: whoever wrote while we read has changed the time or the file.
        if (!files.stat(file).isUnchangedSince(before) || length != before.size()) {
            return Verdict.CHANGED;
        }
        return Digest.of(digest.algorithm(), hash.get().digest()).equals(digest) ? Verdict.MATCHES : Verdict.DIFFERS;
    }

    private static long read(
            FileOperations files, Path file, long size, MessageDigest hash, @Nullable WritableByteChannel target)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, size + 1));
        long length = 0;
        try (ReadableByteChannel channel = files.read(file)) {
            while (channel.read(buffer) >= 0) {
                length += buffer.flip().remaining();
                if (target != null) {
                    writeFully(target, buffer.duplicate());
                }
                hash.update(buffer);
                buffer.clear();
            }
        }
        return length;
    }

    private static void writeFully(WritableByteChannel target, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    /** The SHA-256 digest of these bytes. */
    public static Digest sha256(byte[] bytes) {
        return Digest.of(DigestAlgorithm.SHA256, hash("SHA-256").digest(bytes));
    }

    /** A fresh computation of this algorithm, if it can be done here. */
    public static Optional<MessageDigest> hash(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> Optional.of(hash("SHA-256"));
            case SHA512 -> Optional.of(hash("SHA-512"));
            case BLAKE3 -> Optional.empty();
        };
    }

    private static MessageDigest hash(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
