package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.UploadExpiredException;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/** Files on their way to their names: {@code .blobpath/uploads}. What a dead process left there is old and has no owner. */
final class Scratch {
    private static final int BUFFER = 1 << 16;

    private final StoreRoot root;
    private final FileOperations files;
    private final Path folder;

    Scratch(StoreRoot root) {
        this.root = root;
        this.files = root.files();
        this.folder = folder(root);
    }

    /** Where they are. */
    static Path folder(StoreRoot root) {
        return root.ownFolder().resolve("uploads");
    }

    /** A name that nothing has, in a folder that is made if it is not there. */
    Path newName() throws IOException {
        return newName("");
    }

    /** The same for a name that begins with this. */
    Path newName(String prefix) throws IOException {
        files.createFolder(root.ownFolder());
        files.createFolder(folder);
        return folder.resolve(prefix + UUID.randomUUID());
    }

    /** The longest file whose name begins with this. */
    Optional<Path> longest(String prefix) throws IOException {
        Optional<Path> longest = Optional.empty();
        long length = 0;
        try (DirectoryStream<Path> there = files.list(folder)) {
            for (Path each : there) {
                if (String.valueOf(each.getFileName()).startsWith(prefix) && length(each) > length) {
                    longest = Optional.of(each);
                    length = length(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return longest;
    }

    FileOperations files() {
        return files;
    }

    /** A file with these bytes, on the disk. Written again if a collection takes it away before it is. */
    Path write(byte[] content) throws IOException {
        while (true) {
            Path file = newName();
            try {
                try (WritableByteChannel channel = files.create(file)) {
                    writeFully(channel, ByteBuffer.wrap(content));
                }
                files.sync(file);
                return file;
            } catch (IOException | RuntimeException e) {
                if (!(e instanceof NoSuchFileException gone && isExpired(gone))) {
                    discard(file, e);
                    throw e;
                }
            }
        }
    }

    /**
     * A file with what the stream has; not on the disk yet, since it may not be needed.
     *
     * @throws InvalidContentException if that has another digest or size; nothing is left
     */
    Path receive(Digest digest, long size, InputStream content) throws IOException {
        MessageDigest hash = requireHash(digest);
        Path file = newName();
        try {
            long received = 0;
            try (WritableByteChannel channel = files.create(file)) {
                byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(size, 0) + 1)];
                // One byte too many is enough to know.
                for (int read = content.read(buffer); read >= 0 && received <= size; read = content.read(buffer)) {
                    hash.update(buffer, 0, read);
                    writeFully(channel, ByteBuffer.wrap(buffer, 0, read));
                    received += read;
                }
            }
            if (received != size) {
                throw new InvalidContentException(
                        "cannot publish " + digest + ": it has " + (received > size ? "more than " + size : received)
                                + " bytes and not " + size,
                        null);
            }
            Digest actual = Digest.of(digest.algorithm(), hash.digest());
            if (!actual.equals(digest)) {
                throw new InvalidContentException("cannot publish " + digest + ": its bytes have " + actual, null);
            }
            // If a collection took it away, nothing more is made for it.
            FileState unused = files.stat(file);
            return file;
        } catch (NoSuchFileException e) {
            throw expired(digest, file, e);
        } catch (IOException | RuntimeException e) {
            discard(file, e);
            throw e;
        }
    }

    /** Whether the failure is that a collection took a file away, because this process was stopped for the grace period. */
    boolean isExpired(NoSuchFileException failure) {
        String file = failure.getFile();
        return file != null && file.startsWith(folder.toString()) && files.isGone(Path.of(file));
    }

    /** What computes a digest like this one. */
    MessageDigest requireHash(Digest digest) {
        return BlobHashes.hash(digest.algorithm())
                .orElseThrow(() -> new InvalidContentException(
                        "cannot publish " + digest + ": nothing here computes its algorithm; use sha256 or sha512",
                        null));
    }

    /** The failure for an upload; a clear one if the reason is that its file was collected. */
    IOException expired(Digest digest, Path file, NoSuchFileException failure) {
        if (file.toString().equals(failure.getFile()) && isExpired(failure)) {
            throw new UploadExpiredException(
                    "cannot publish " + digest
                            + ": a collection took its upload away, because nothing was written to it for"
                            + " the grace period; upload it again",
                    failure);
        }
        discard(file, failure);
        return failure;
    }

    /** Removes a file after a failure; what cannot be removed is left for a collection. */
    void discard(Path file, Exception because) {
        try {
            files.delete(file);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private long length(Path file) throws IOException {
        try {
            return files.stat(file).size();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
