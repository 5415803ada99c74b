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

/** Lets a producer write to the caller's sink, on the caller's thread: no file, no thread, no copy. */
final class PassThrough implements StreamSink {
    private final StreamKey key;
    private final WritableByteChannel sink;
    private final StreamEngine engine;
    private final long started;
    private final Optional<MessageDigest> hash;
    private long bytes;
    private @Nullable IOException broken;
    private @Nullable IOException refusal;
    private boolean committed;
    private volatile boolean closed;

    PassThrough(StreamKey key, WritableByteChannel sink, StreamEngine engine, long started) {
        this.key = key;
        this.sink = sink;
        this.engine = engine;
        this.started = started;
        this.hash = key.digest().flatMap(digest -> BlobHashes.hash(digest.algorithm()));
    }

    void run(StreamProducer producer) throws IOException {
        Throwable failure = null;
        try {
            producer.produce(this);
        } catch (Throwable e) {
            failure = e;
        }
        closed = true;
        if (broken != null) {
            throw broken;
        }
        if (failure == null) {
            failure = refusal();
        } else if (committed) {
            failure = refusal;
        }
        if (failure != null) {
            engine.stats().failed();
            StreamEnd.failed(key, failure).check();
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int count = source.remaining();
        ByteBuffer view = source.duplicate();
        try {
            Sinks.writeFully(sink, source);
        } catch (IOException e) {
            // The client's fault, whatever the producer makes of it.
            broken = e;
            throw e;
        }
        hash.ifPresent(value -> value.update(view));
        if (bytes == 0 && count > 0) {
            engine.stats().firstByte(Outcome.BYPASSED, engine.timing().nanoTime() - started);
        }
        bytes += count;
        engine.stats().made(count);
        engine.stats().served(count);
        return count;
    }

    @Override
    public void commit() throws IOException {
        IOException why = refusal();
        if (why != null) {
            throw why;
        }
    }

    @Override
    public boolean isKept() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private @Nullable IOException refusal() {
        closed = true;
        if (!committed) {
            committed = true;
            Optional<Digest> actual =
                    key.digest().flatMap(digest -> hash.map(value -> Digest.of(digest.algorithm(), value.digest())));
            refusal = ProducerTask.mismatch(key, actual);
        }
        return refusal;
    }
}
