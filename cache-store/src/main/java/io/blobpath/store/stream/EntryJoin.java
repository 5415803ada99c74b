package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Takes a place among the readers of an entry that somebody else has put into the index. */
final class EntryJoin {
    private final StreamEngine engine;
    private final StreamFolder folder;
    private final Shelving shelving;

    EntryJoin(StreamEngine engine, StreamFolder folder, Shelving shelving) {
        this.engine = engine;
        this.folder = folder;
        this.shelving = shelving;
    }

    /** Waits while the entry is being opened, and not for anything else; empty if it is gone. */
    Optional<EntryReader> join(Entry entry, StreamOptions how, long started) throws IOException {
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
