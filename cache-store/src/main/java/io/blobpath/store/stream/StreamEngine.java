package io.blobpath.store.stream;

import io.blobpath.store.stream.EntryWriter.Storage;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What caches with and without a folder share: the producers that run, the readers that are open, and the way past a folder. */
final class StreamEngine implements EntryReader.Context, AutoCloseable {
    private static final Entry.Owner NO_FOLDER = new Entry.Owner() {
        @Override
        public void withdraw(Entry entry) {}

        @Override
        public void idle(Entry entry) {}

        @Override
        public void settled(Entry entry) {}
    };

    private final StreamTiming timing;
    private final StatsRecorder stats;
    private final Set<Entry> producing = ConcurrentHashMap.newKeySet();
    private final Set<EntryReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    StreamEngine(StreamTiming timing, StatsRecorder stats) {
        this.timing = timing;
        this.stats = stats;
    }

    @Override
    public StreamTiming timing() {
        return timing;
    }

    StatsRecorder stats() {
        return stats;
    }

    int readerCount() {
        return readers.size();
    }

    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the stream cache is closed");
        }
    }

    EntryReader reader(Entry entry, Outcome outcome, StreamOptions options) {
        EntryReader reader = new EntryReader(entry, outcome, options, this);
        readers.add(reader);
        return reader;
    }

    /** A stream for one caller alone, through memory. */
    EntryReader bypass(StreamKey key, StreamProducer producer, StreamOptions options) {
        requireOpen();
        Entry entry = new Entry(key, NO_FOLDER, options.backpressure());
        EntryReader reader = reader(entry, Outcome.BYPASSED, options);
        entry.begin(null, reader, OrphanPolicy.ABORT);
        launch(new ProducerTask(entry, producer, new EntryWriter(entry, new Bypass(), null), this, null), reader);
        return reader;
    }

    /** The same for a whole fetch, on the caller's thread. */
    FetchResult passThrough(StreamKey key, WritableByteChannel sink, StreamProducer producer, long started)
            throws IOException {
        stats.opened(Outcome.BYPASSED);
        PassThrough direct = new PassThrough(key, sink, this, started);
        direct.run(producer);
        return new FetchResult(direct.bytes(), Outcome.BYPASSED);
    }

    /** Runs the producer on a thread of its own, for this reader first. */
    void launch(ProducerTask task, EntryReader reader) {
        producing.add(task.entry());
        // Whoever closes the cache now either sees this entry or is seen here.
        if (closed.get()) {
            task.entry().shut();
        }
        try {
            timing.execute(task);
        } catch (RejectedExecutionException e) {
            reader.close();
            task.refused();
            throw new IllegalStateException("the stream cache is closed", e);
        }
    }

    void produced(Entry entry) {
        producing.remove(entry);
    }

    /** Sends away those who took too little. */
    void expelSlowReaders(StreamCacheOptions options) {
        long now = timing.nanoTime();
        for (EntryReader reader : readers) {
            if (reader.expelIfSlow(now, options.readerWindow().toNanos(), options.readerMinimum())) {
                stats.tooSlow();
            }
        }
    }

    @Override
    public IOException unreadable(Entry entry, IOException cause) {
        stats.storageFailed("read", cause);
        entry.invalidate();
        return new StreamStorageException(
                "cannot read the stream '" + entry.key() + "' from the cache: " + cause, cause);
    }

    @Override
    public void left(EntryReader reader) {
        readers.remove(reader);
    }

    /** Whether this is the first time that it is closed. */
    boolean shut() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        producing.forEach(Entry::shut);
        return true;
    }

    @Override
    public void close() {
        timing.close();
    }

    /** There is no folder to fail. */
    private final class Bypass implements Storage {
        @Override
        public boolean reserve(long bytes) {
            return false;
        }

        @Override
        public void failed(String operation, Entry entry, IOException cause) {}

        @Override
        public void made(long bytes) {
            stats.made(bytes);
        }
    }
}
