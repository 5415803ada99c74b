package io.blobpath.store.stream;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.BlobHashes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a producer writes: into the file as long as that works, then into the ring. For one thread at a time. */
final class EntryWriter implements WritableByteChannel {
    private static final int CHUNK = Ring.CAPACITY;

    private final Entry entry;
    private final Storage storage;
    private final Optional<MessageDigest> hash;
    private @Nullable WritableByteChannel file;
    private volatile boolean closed;

    /** What the cache does for a writer. */
    interface Storage {
        /** Promises room in the folder; false if there is none. */
        boolean reserve(long bytes);

        /** The disk failed. Returns if the stream shall go on without it. */
        void failed(String operation, Entry entry, IOException cause) throws IOException;

        /** Bytes were made. */
        void made(long bytes);
    }

    EntryWriter(Entry entry, Storage storage, @Nullable WritableByteChannel file) {
        this.entry = entry;
        this.storage = storage;
        this.file = file;
        this.hash = entry.key().digest().flatMap(digest -> BlobHashes.hash(digest.algorithm()));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        while (source.hasRemaining()) {
            if (closed) {
                throw new ClosedChannelException();
            }
            int size = (int) Math.min(Math.min(entry.flow().awaitRoom(), CHUNK), source.remaining());
            ByteBuffer chunk = source.slice(source.position(), size);
            store(chunk);
            hash.ifPresent(value -> value.update(chunk.rewind()));
            source.position(source.position() + size);
            storage.made(size);
            entry.cursor().advance(size);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Whether what is written goes into the file still. */
    boolean hasFile() {
        return file != null;
    }

    /** The digest of all bytes; empty if nobody asks for it, or it cannot be computed here. */
    Optional<Digest> digest() {
        return entry.key().digest().flatMap(digest -> hash.map(value -> Digest.of(digest.algorithm(), value.digest())));
    }

    /** Writes what stands behind the bytes, and closes the file; false if there is none any more. */
    boolean seal(ByteBuffer trailer) throws IOException {
        if (file == null || !reserve(trailer.remaining())) {
            return false;
        }
        writeFully(file, trailer);
        closeFile();
        return true;
    }

    /** Ends with the producer, and closes the file if it still is open. */
    void release() throws IOException {
        closed = true;
        closeFile();
    }

    private void store(ByteBuffer chunk) throws IOException {
        if (file != null) {
            if (!reserve(chunk.remaining())) {
                detach();
            } else {
                try {
                    writeFully(file, chunk);
                } catch (IOException e) {
                    storage.failed("write", entry, e);
                    detach();
                }
            }
        }
        Ring ring = entry.ring();
        if (ring != null) {
            // What a failed write has put into the file is written once more, and not read from there.
            ring.write(chunk.rewind(), entry.cursor().written());
        }
    }

    private boolean reserve(long bytes) {
        if (!storage.reserve(bytes)) {
            return false;
        }
        entry.reserved(bytes);
        return true;
    }

    private void detach() {
        entry.detach();
        try {
            closeFile();
        } catch (IOException e) {
            // Its name is gone, and nobody relies on what it holds beyond the cursor.
        }
    }

    private void closeFile() throws IOException {
        if (file != null) {
            WritableByteChannel done = file;
            file = null;
            done.close();
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
