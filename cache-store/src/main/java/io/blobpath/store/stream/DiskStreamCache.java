package io.blobpath.store.stream;

import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The index of entries, and how a caller gets a reader of one. */
final class DiskStreamCache implements StreamCache {
    private static final long STEP = Long.MAX_VALUE;

    private final StreamCacheOptions options;
    private final StreamEngine engine;
    private final StreamFolder folder;
    private final Map<StreamKey, Entry> index = new ConcurrentHashMap<>();
    private final Shelving shelving;
    private final Admission admission;
    private final Sweeper sweeper;

    private DiskStreamCache(StreamFolder folder, StreamCacheOptions options, StreamTiming timing) {
        this.options = options;
        this.folder = folder;
        this.engine = new StreamEngine(timing, new StatsRecorder(options.listener()));
        this.shelving = new Shelving(folder, options, engine, index);
        this.admission = new Admission(options.bypassFirst(), options.maxAge().toNanos(), timing.nanoTime());
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
        EntryReader reader = attach(key, producer, how, started);
        return reading(reader == null ? engine.bypass(key, producer, how) : reader, producer, how, started);
    }

    @Override
    public FetchResult fetch(StreamKey key, WritableByteChannel sink, StreamProducer producer, StreamOptions how)
            throws IOException {
        long started = engine.timing().nanoTime();
        EntryReader attached = attach(key, producer, how, started);
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
        EntryReader reader = attach(key, null, how, started);
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
        return entry == null ? shelving.discard(key) : entry.invalidate();
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
        EntryReader next = attach(key, producer, how, started);
        return next == null ? bypass(key, producer, how) : Optional.of(next);
    }

    private Optional<EntryReader> bypass(StreamKey key, @Nullable StreamProducer producer, StreamOptions how) {
        return producer == null ? Optional.empty() : Optional.of(engine.bypass(key, producer, how));
    }

    /** Joins the entry or, with a producer, creates it; null if the stream must pass by the cache. */
    private @Nullable EntryReader attach(
            StreamKey key, @Nullable StreamProducer producer, StreamOptions how, long started) throws IOException {
        while (true) {
            engine.requireOpen();
            Entry there = index.get(key);
            if (there == null) {
                Entry fresh = new Entry(key, shelving, how.backpressure());
                there = index.putIfAbsent(key, fresh);
                if (there == null) {
                    return create(fresh, producer, how);
                }
            }
            try {
                Optional<EntryReader> reader = join(there, how, started);
                if (reader.isPresent()) {
                    return reader.get();
                }
            } catch (IOException e) {
                return bypassed("open", e);
            }
            // It is gone. Whoever took it away takes it out of the index as well, at last; we need not wait for that.
            index.remove(key, there);
        }
    }

    private Optional<EntryReader> join(Entry entry, StreamOptions how, long started) throws IOException {
        boolean opening = entry.phase() == Entry.Phase.OPENING;
        awaitOpened(entry);
        if (entry.isExpired(engine.timing().wallMillis())) {
            entry.invalidate();
        }
        Outcome outcome = entry.phase() == Entry.Phase.COMPLETE ? Outcome.HIT : Outcome.JOINED;
        EntryReader reader = engine.reader(entry, outcome, how);
        boolean open = false;
        try {
            if (entry.join(reader, how.orphans())) {
                reader.open(openFile(entry));
                open = true;
            }
        } catch (NoSuchFileException e) {
            // Somebody removed the file: present readers have theirs, and the next caller has it made anew.
            entry.invalidate();
        } finally {
            if (!open) {
                reader.close();
            }
        }
        if (open && (opening || outcome == Outcome.JOINED)) {
            engine.stats().joined(engine.timing().nanoTime() - started);
        } else if (open) {
            shelving.used(entry);
        }
        return open ? Optional.of(reader) : Optional.empty();
    }

    private SeekableByteChannel openFile(Entry entry) throws IOException {
        while (true) {
            Entry.EntryFile file = entry.file();
            if (file == null) {
                throw new NoSuchFileException(entry.key().toString());
            }
            try {
                SeekableByteChannel channel = folder.read(file.path());
                // Another process may have put its own in the place of it.
                if (file.length() < 0 || channel.size() == file.length()) {
                    return channel;
                }
                channel.close();
                throw new NoSuchFileException(file.path().toString(), null, "not the file that it was");
            } catch (NoSuchFileException e) {
                if (!awaitPublished(entry) && file.equals(entry.file())) {
                    throw e;
                }
            }
        }
    }

    private @Nullable EntryReader create(Entry fresh, @Nullable StreamProducer producer, StreamOptions how)
            throws IOException {
        boolean begun = false;
        try {
            EntryReader reader = find(fresh, how);
            if (reader == null
                    && producer != null
                    && admission.admits(fresh.key(), engine.timing().nanoTime())) {
                reader = start(fresh, producer, how);
            }
            begun = reader != null;
            return reader;
        } catch (IOException e) {
            return bypassed("create", e);
        } finally {
            if (!begun) {
                fresh.dismiss();
                index.remove(fresh.key(), fresh);
            }
        }
    }

    private @Nullable EntryReader find(Entry fresh, StreamOptions how) throws IOException {
        Optional<StreamFolder.Found> found =
                folder.find(fresh.key(), engine.timing().wallMillis());
        if (found.isEmpty()) {
            return null;
        }
        EntryReader reader = engine.reader(fresh, Outcome.HIT, how);
        boolean open = false;
        try {
            reader.open(folder.read(found.get().file().path()));
            open = true;
        } catch (NoSuchFileException e) {
            return null;
        } finally {
            if (!open) {
                reader.close();
            }
        }
        shelving.found(fresh, found.get(), reader);
        return reader;
    }

    private EntryReader start(Entry fresh, StreamProducer producer, StreamOptions how) throws IOException {
        Path path = folder.temporary();
        WritableByteChannel written = shelving.create(path);
        EntryReader reader = engine.reader(fresh, Outcome.CREATED, how);
        boolean open = false;
        try {
            reader.open(folder.read(path));
            open = true;
        } finally {
            if (!open) {
                reader.close();
                shelving.undo(path, written);
            }
        }
        fresh.begin(new Entry.EntryFile(path, -1, expiry(how)), reader, how.orphans());
        EntryWriter writer = new EntryWriter(fresh, shelving, written);
        engine.launch(new ProducerTask(fresh, producer, writer, engine, shelving), reader);
        return reader;
    }

    private long expiry(StreamOptions how) {
        return how.timeToLive()
                .map(life -> engine.timing().wallMillis() + life.toMillis())
                .orElse(Long.MAX_VALUE);
    }

    private @Nullable EntryReader bypassed(String operation, IOException cause) throws IOException {
        if (cause instanceof ClosedByInterruptException) {
            throw cause;
        }
        engine.stats().storageFailed(operation, cause);
        if (options.storageErrors() == StorageErrorPolicy.FAIL) {
            throw new StreamStorageException("cannot " + operation + " an entry of the stream cache: " + cause, cause);
        }
        return null;
    }

    private static void awaitOpened(Entry entry) throws ClosedByInterruptException {
        try {
            entry.awaitOpened();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static boolean awaitPublished(Entry entry) throws ClosedByInterruptException {
        try {
            return entry.awaitPublished();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ClosedByInterruptException interrupted() {
        Thread.currentThread().interrupt();
        return new ClosedByInterruptException();
    }
}
