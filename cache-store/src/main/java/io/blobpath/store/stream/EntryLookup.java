package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a caller gets to the entry of a key: it joins the one that the index has, finds it in the folder, or has it made. */
final class EntryLookup {
    private final StreamCacheOptions options;
    private final StreamEngine engine;
    private final StreamFolder folder;
    private final Map<StreamKey, Entry> index;
    private final Shelving shelving;
    private final EntryJoin joining;
    private final Admission admission;

    EntryLookup(
            StreamCacheOptions options,
            StreamEngine engine,
            StreamFolder folder,
            Map<StreamKey, Entry> index,
            Shelving shelving) {
        this.options = options;
        this.engine = engine;
        this.folder = folder;
        this.index = index;
        this.shelving = shelving;
        this.joining = new EntryJoin(engine, folder, shelving);
        this.admission = new Admission(
                options.bypassFirst(),
                options.maxAge().toNanos(),
                engine.timing().nanoTime());
    }

    /** Joins the entry or, with a producer, creates it; null if the stream must pass by the cache. */
    @Nullable
    EntryReader attach(StreamKey key, @Nullable StreamProducer producer, StreamOptions how, long started)
            throws IOException {
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
                Optional<EntryReader> reader = joining.join(there, how, started);
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
        reader.open(found.get().channel());
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
}
