package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobRequest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.stream.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one blob on their way from a source to a file and to those who read along. What is there of an earlier arrival, of
 * this process or of one that died, is copied and not gone on with: its writer may only be paused, and must never write into a
 * file that becomes a blob.
 */
final class Arrival {
    private static final int BUFFER = 1 << 16;

    private final Scratch scratch;
    private final FileOperations files;
    private final Digest digest;
    private final String prefix;
    private final StreamSink sink;
    private @Nullable Path file;
    private long sent;
    private boolean isRead = true;
    private boolean isComplete;

    Arrival(Scratch scratch, Digest digest, StreamSink sink) {
        this.scratch = scratch;
        this.files = scratch.files();
        this.digest = digest;
        this.prefix = "pull-" + digest.algorithm().id() + '-' + digest.hex() + '-';
        this.sink = sink;
    }

    /** Whether no reader has got a byte yet. */
    boolean isUntouched() {
        return sent == 0;
    }

    /** Whether the readers have got all bytes, and these are right. */
    boolean isComplete() {
        return isComplete;
    }

    /**
     * Receives the blob to its end, or what there is of it until something fails, for the next time.
     *
     * @throws InvalidContentException if it is another one; nothing of it is left
     */
    void receive(BlobSource source, LongConsumer progress) throws Exception {
        Path next = scratch.newName(prefix);
        Attempt attempt = new Attempt(progress);
        try {
            attempt.receive(source, begun(next), next);
            files.sync(next);
            file = next;
            isComplete = true;
        } catch (Exception e) {
            if (attempt.isUseless(e)) {
                scratch.discard(next, e);
            } else {
                file = next;
            }
            throw e;
        }
    }

    /** Gives the blob its name in the repository. */
    void publish(Placement placement, RepositoryFolder folder) throws IOException {
        Path received = file;
        if (received == null) {
            throw new IllegalStateException("nothing was received");
        }
        folder.make(digest, scratch);
        placement.place(folder, digest, received);
    }

    /** The file to begin with: what readers have got bytes of, or the longest one that there is. */
    private Path begun(Path otherwise) throws IOException {
        return file == null ? scratch.longest(prefix).orElse(otherwise) : file;
    }

    private final class Attempt {
        private final MessageDigest hash = BlobHashes.hash(digest.algorithm()).orElseThrow();
        private final LongConsumer progress;
        private long received;
        private boolean diskFailed;

        Attempt(LongConsumer progress) {
            this.progress = progress;
        }

        void receive(BlobSource source, Path begun, Path next) throws Exception {
            try (WritableByteChannel target = files.create(next);
                    SeekableByteChannel there = files.read(begun);
                    BlobContent content = open(source, there.size())) {
                long from = Math.min(content.offset(), there.size());
                if (from < content.offset()) {
                    throw new InvalidContentException(
                            "cannot fetch " + digest + ": its source began at " + content.offset() + " and not at "
                                    + from,
                            null);
                }
                copy(there, Math.max(from, sent), target);
                // What the source sends twice was handed on already.
                long[] skip = {received - from};
                content.deliver(bytes -> {
                    int twice = (int) Math.min(skip[0], bytes.remaining());
                    skip[0] -= twice;
                    take(bytes.position(bytes.position() + twice), target);
                });
            }
            if (!begun.equals(next)) {
                files.delete(begun);
            }
            Digest actual = Digest.of(digest.algorithm(), hash.digest());
            if (!actual.equals(digest)) {
                throw new InvalidContentException("cannot fetch " + digest + ": its bytes have " + actual, null);
            }
        }

        /** Whether the next attempt has no use for what was received. */
        boolean isUseless(Exception failure) {
            return diskFailed || received == 0 || failure instanceof InvalidContentException;
        }

        private BlobContent open(BlobSource source, long offset) throws Exception {
            try {
                return source.open(new BlobRequest(digest, offset, List.of()));
            } catch (IOException | RuntimeException e) {
                // Perhaps what is there is longer than the blob, so that nothing can begin behind it.
                if (offset == 0 || sent > 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                return source.open(new BlobRequest(digest, 0, List.of()));
            }
        }

        private void copy(SeekableByteChannel from, long length, WritableByteChannel target) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (received < length) {
                buffer.clear().limit((int) Math.min(BUFFER, length - received));
                if (from.read(buffer) < 0) {
                    throw new IOException("what was received of " + digest + " has become shorter");
                }
                take(buffer.flip(), target);
            }
        }

        private void take(ByteBuffer bytes, WritableByteChannel target) throws IOException {
            hash.update(bytes.duplicate());
            write(bytes.duplicate(), target);
            hand(bytes);
            received += bytes.remaining();
            progress.accept(received);
        }

        private void write(ByteBuffer bytes, WritableByteChannel target) throws IOException {
            try {
                while (bytes.hasRemaining()) {
                    target.write(bytes);
                }
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                diskFailed = true;
                throw e;
            }
        }

        /** To the readers, unless they have it from an earlier attempt. */
        private void hand(ByteBuffer bytes) {
            long known = Math.min(bytes.remaining(), sent - received);
            ByteBuffer fresh = bytes.duplicate().position(bytes.position() + (int) Math.max(0, known));
            sent += fresh.remaining();
            try {
                if (isRead && fresh.hasRemaining()) {
                    sink.write(fresh);
                }
            } catch (IOException e) {
                // They are gone; whether the work goes on without them is not decided here.
                isRead = false;
            }
        }
    }
}
