package io.blobpath.store.stream;

import io.blobpath.cache.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a producer to its end, and sees to what becomes of its stream. */
final class ProducerTask implements Runnable {
    private final Entry entry;
    private final StreamProducer producer;
    private final EntryWriter writer;
    private final StreamEngine engine;
    private final @Nullable Publisher publisher;
    private @Nullable IOException refusal;
    private boolean committed;
    private boolean complete;

    /** Makes a complete file visible. */
    interface Publisher {
        /** Afterwards the stream has ended, well or not. */
        void publish(Entry entry, EntryWriter writer);

        /** Its file is written no more. */
        void released(Entry entry);
    }

    ProducerTask(
            Entry entry,
            StreamProducer producer,
            EntryWriter writer,
            StreamEngine engine,
            @Nullable Publisher publisher) {
        this.entry = entry;
        this.producer = producer;
        this.writer = writer;
        this.engine = engine;
        this.publisher = publisher;
    }

    Entry entry() {
        return entry;
    }

    @Override
    public void run() {
        try {
            Throwable failure = produce();
            if (failure == null) {
                failure = commit();
            }
            if (failure != null && !complete) {
                fail(refusal == null ? failure : refusal);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        } finally {
            refused();
        }
    }

    /** It will not run, or has run. */
    void refused() {
        try {
            writer.release();
        } catch (IOException e) {
            // A file that is not published; what matters was told when it failed.
        } finally {
            engine.produced(entry);
            if (publisher != null) {
                publisher.released(entry);
            }
            entry.produced();
        }
    }

    /** The bytes are not those that the key asks for. */
    static @Nullable IOException mismatch(StreamKey key, Optional<Digest> actual) {
        Optional<Digest> wanted = key.digest();
        return actual.isEmpty() || actual.equals(wanted)
                ? null
                : new IOException("the bytes have the digest " + actual.get() + " and not " + wanted.orElseThrow());
    }

    /** Ends the stream well if its bytes are right; why not. Once for each stream. */
    private @Nullable IOException commit() {
        if (!committed) {
            committed = true;
            writer.close();
            refusal = mismatch(entry.key(), writer.digest());
            if (refusal == null) {
                if (publisher != null && entry.finishing()) {
                    publisher.publish(entry, writer);
                }
                // Publishing has ended it; one that is for its readers alone ends here.
                entry.cursor().end(StreamEnd.COMPLETE);
                complete = true;
            }
        }
        return refusal;
    }

    private @Nullable Throwable produce() {
        // An Error, too, is a reason that readers must learn; the thread goes on, which is not theirs.
        Throwable[] failure = {null};
        entry.producer().run(() -> {
            try {
                producer.produce(new Sink());
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        return failure[0];
    }

    private void fail(Throwable failure) {
        if (failure instanceof StreamStoredElsewhereException && entry.cursor().written() == 0) {
            entry.end(StreamEnd.ELSEWHERE);
        } else {
            if (entry.cursor().end() == null) {
                // Whoever learns of it finds it counted.
                engine.stats().failed();
            }
            entry.end(StreamEnd.failed(entry.key(), failure));
        }
    }

    /** What the producer has of all this. */
    private final class Sink implements StreamSink {
        @Override
        public int write(ByteBuffer source) throws IOException {
            return writer.write(source);
        }

        @Override
        public void commit() throws IOException {
            IOException why = ProducerTask.this.commit();
            if (why != null) {
                throw why;
            }
        }

        @Override
        public boolean isKept() {
            return writer.hasFile() && entry.phase() == Entry.Phase.WRITING;
        }

        @Override
        public boolean isOpen() {
            return writer.isOpen();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
