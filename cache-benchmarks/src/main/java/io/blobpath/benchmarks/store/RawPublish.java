package io.blobpath.benchmarks.store;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What storing a blob takes at least, by the bare JDK. */
final class RawPublish {
    private static final int CHUNK = 1 << 16;

    private RawPublish() {}

    /** Writes and hashes, chunk by chunk, syncs the file, renames it and syncs the folder. */
    static void store(byte[] content, Path folder) throws IOException {
        MessageDigest hash = sha256();
        Path next = folder.resolve("next");
        try (FileChannel file = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int at = 0; at < content.length; at += CHUNK) {
                int length = Math.min(CHUNK, content.length - at);
                hash.update(content, at, length);
                ByteBuffer chunk = ByteBuffer.wrap(content, at, length);
                while (chunk.hasRemaining()) {
                    file.write(chunk);
                }
            }
            file.force(true);
        }
        Files.move(next, folder.resolve(digest(hash).hex()), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Reads and hashes a file. */
    static void read(Path file) throws IOException {
        MessageDigest hash = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(chunk.clear()) >= 0) {
                hash.update(chunk.flip());
            }
        }
        Digest unused = digest(hash);
    }

    private static Digest digest(MessageDigest hash) {
        return Digest.of(DigestAlgorithm.SHA256, hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
