package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was asked of another cache, for tests of whoever uses one. Keeps every call, so it is for nothing else. */
public final class RecordingStreamCache implements StreamCache {
    private final StreamCache cache;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** What was asked. */
    public enum Method {
        /** {@link StreamCache#open}. */
        OPEN,
        /** {@link StreamCache#fetch}. */
        FETCH,
        /** {@link StreamCache#find}. */
        FIND,
        /** {@link StreamCache#invalidate}. */
        INVALIDATE
    }

    /**
     * One call.
     *
     * @param method what was asked
     * @param key for which key
     * @param result how it ended: the outcome, whether there was an entry, or the exception
     */
    public record Call(Method method, StreamKey key, String result) {}

    /** Remembers calls of this cache, which is closed with it. */
    public RecordingStreamCache(StreamCache cache) {
        this.cache = cache;
    }

    /** The calls that have ended, in the order of their ends. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public StreamReader open(StreamKey key, StreamProducer producer, StreamOptions options) throws IOException {
        try {
            StreamReader reader = cache.open(key, producer, options);
            calls.add(new Call(Method.OPEN, key, reader.outcome().name()));
            return reader;
        } catch (IOException | RuntimeException e) {
            calls.add(new Call(Method.OPEN, key, e.toString()));
            throw e;
        }
    }

    @Override
    public FetchResult fetch(StreamKey key, WritableByteChannel sink, StreamProducer producer, StreamOptions options)
            throws IOException {
        try {
            FetchResult result = cache.fetch(key, sink, producer, options);
            calls.add(new Call(Method.FETCH, key, result.outcome().name()));
            return result;
        } catch (IOException | RuntimeException e) {
            calls.add(new Call(Method.FETCH, key, e.toString()));
            throw e;
        }
    }

    @Override
    public Optional<StreamReader> find(StreamKey key, StreamOptions options) throws IOException {
        try {
            Optional<StreamReader> reader = cache.find(key, options);
            String outcome = reader.map(found -> found.outcome().name()).orElse("nothing");
            calls.add(new Call(Method.FIND, key, outcome));
            return reader;
        } catch (IOException | RuntimeException e) {
            calls.add(new Call(Method.FIND, key, e.toString()));
            throw e;
        }
    }

    @Override
    public boolean isStored(StreamKey key) {
        return cache.isStored(key);
    }

    @Override
    public boolean invalidate(StreamKey key) {
        boolean there = cache.invalidate(key);
        calls.add(new Call(Method.INVALIDATE, key, Boolean.toString(there)));
        return there;
    }

    @Override
    public StreamStats stats() {
        return cache.stats();
    }

    @Override
    public void close() {
        cache.close();
    }
}
