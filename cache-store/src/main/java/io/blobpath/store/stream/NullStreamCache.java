package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** Keeps nothing. */
final class NullStreamCache implements StreamCache {
    private final StreamEngine engine;

    NullStreamCache(StreamTiming timing) {
        this.engine = new StreamEngine(timing, new StatsRecorder(StreamListener.NONE));
    }

    @Override
    public StreamReader open(StreamKey key, StreamProducer producer, StreamOptions options) {
        long started = engine.timing().nanoTime();
        EntryReader reader = engine.bypass(key, producer, options);
        return new CallerReader(reader, engine, (failed, failure) -> Optional.empty(), started);
    }

    @Override
    public FetchResult fetch(StreamKey key, WritableByteChannel sink, StreamProducer producer, StreamOptions options)
            throws IOException {
        engine.requireOpen();
        return engine.passThrough(key, sink, producer, engine.timing().nanoTime());
    }

    @Override
    public Optional<StreamReader> find(StreamKey key, StreamOptions options) {
        engine.requireOpen();
        return Optional.empty();
    }

    @Override
    public boolean isStored(StreamKey key) {
        engine.requireOpen();
        return false;
    }

    @Override
    public boolean invalidate(StreamKey key) {
        engine.requireOpen();
        return false;
    }

    @Override
    public StreamStats stats() {
        return engine.stats().snapshot(0, 0, engine.readerCount());
    }

    @Override
    public void close() {
        if (engine.shut()) {
            engine.close();
        }
    }
}
