package io.blobpath.store.stream;

import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A cache with a folder: what callers ask for, and what becomes of a reader whose first entry failed it. */
final class DiskStreamCache implements StreamCache {
    private static final long STEP = Long.MAX_VALUE;

    private final StreamCacheOptions options;
    private final StreamEngine engine;
    private final StreamFolder folder;
    private final Map<StreamKey, Entry> index = new ConcurrentHashMap<>();
    private final Shelving shelving;
    private final EntryLookup lookup;
    private final Sweeper sweeper;

    private DiskStreamCache(StreamFolder folder, StreamCacheOptions options, StreamTiming timing) {
        this.options = options;
        this.folder = folder;
        this.engine = new StreamEngine(timing, new StatsRecorder(options.listener()));
        this.shelving = new Shelving(folder, options, engine, index);
        this.lookup = new EntryLookup(options, engine, folder, index, shelving);
        this.sweeper = new Sweeper(shelving, engine, options);
    }

    static DiskStreamCache open(Path path, StreamCacheOptions options, FileOperations files, StreamTiming timing)
            throws IOException {
        Files.createDirectories(path.toAbsolutePath());
        StreamFolder folder = new StreamFolder(path.toRealPath(), files, options.sync());
        DiskStreamCache cache = new DiskStreamCache(folder, options, timing);
        try {
            cache.shelving.sweep();
        } catch (IOException e) {
            cache.close();
            throw e;
        }
        cache.sweeper.start();
        return cache;
    }

    @Override
    public StreamReader open(StreamKey key, StreamProducer producer, StreamOptions how) throws IOException {
        long started = engine.timing().nanoTime();
        EntryReader reader = lookup.attach(key, producer, how, started);
        return reading(reader == null ? engine.bypass(key, producer, how) : reader, producer, how, started);
    }

    @Override
    public FetchResult fetch(StreamKey key, WritableByteChannel sink, StreamProducer producer, StreamOptions how)
            throws IOException {
        long started = engine.timing().nanoTime();
        EntryReader attached = lookup.attach(key, producer, how, started);
        if (attached == null) {
            return engine.passThrough(key, sink, producer, started);
        }
        try (StreamReader reader = reading(attached, producer, how, started)) {
            while (reader.transferTo(sink, STEP) >= 0) {}
            return new FetchResult(reader.position(), reader.outcome());
        }
    }

    @Override
    public Optional<StreamReader> find(StreamKey key, StreamOptions how) throws IOException {
        long started = engine.timing().nanoTime();
        EntryReader reader = lookup.attach(key, null, how, started);
        return reader == null ? Optional.empty() : Optional.of(reading(reader, null, how, started));
    }

    @Override
    public boolean isStored(StreamKey key) {
        engine.requireOpen();
        try {
            return folder.isStored(key, engine.timing().wallMillis());
        } catch (IOException e) {
            engine.stats().storageFailed("read", e);
            return false;
        }
    }

    @Override
    public boolean invalidate(StreamKey key) {
        engine.requireOpen();
        Entry entry = index.get(key);
        // Whoever opens the entry right now may have found its file, and not told yet.
        boolean unknown = entry == null || entry.phase() == Entry.Phase.OPENING;
        boolean shared = entry != null && entry.invalidate();
        return (unknown && shelving.discard(key)) || shared;
    }

    @Override
    public StreamStats stats() {
        return engine.stats()
                .snapshot(shelving.shelf().count(), shelving.shelf().bytes(), engine.readerCount());
    }

    @Override
    public void close() {
        if (engine.shut()) {
            sweeper.stop();
            engine.close();
            try {
                folder.close();
            } catch (IOException e) {
                engine.stats().storageFailed("close", e);
            }
        }
    }

    private StreamReader reading(
            EntryReader first, @Nullable StreamProducer producer, StreamOptions how, long started) {
        return new CallerReader(
                first, engine, (failed, failure) -> secondChance(failed, failure, producer, how, started), started);
    }

    private Optional<EntryReader> secondChance(
            EntryReader failed, IOException failure, @Nullable StreamProducer producer, StreamOptions how, long started)
            throws IOException {
        StreamKey key = failed.entry().key();
        if (failure instanceof StreamStorageException) {
            return options.storageErrors() == StorageErrorPolicy.BYPASS ? bypass(key, producer, how) : Optional.empty();
        }
        if (!(failure instanceof StreamStoredElsewhereException)) {
            if (failed.outcome() != Outcome.JOINED || how.failures() != FailurePolicy.RETRY_ONCE) {
                return Optional.empty();
            }
            engine.stats().retried();
        }
        EntryReader next = lookup.attach(key, producer, how, started);
        return next == null ? bypass(key, producer, how) : Optional.of(next);
    }

    private Optional<EntryReader> bypass(StreamKey key, @Nullable StreamProducer producer, StreamOptions how) {
        return producer == null ? Optional.empty() : Optional.of(engine.bypass(key, producer, how));
    }
}
