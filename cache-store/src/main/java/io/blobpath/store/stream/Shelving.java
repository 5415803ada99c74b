package io.blobpath.store.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps index, shelf and folder in step: what is written, published, used, evicted and removed. */
final class Shelving implements Entry.Owner, EntryWriter.Storage, ProducerTask.Publisher {
    private static final int TOUCHES_PER_AGE = 4;

    private final StreamFolder folder;
    private final StreamCacheOptions options;
    private final StreamEngine engine;
    private final Map<StreamKey, Entry> index;
    private final Shelf shelf;
    private final Set<Path> writing = ConcurrentHashMap.newKeySet();

    Shelving(StreamFolder folder, StreamCacheOptions options, StreamEngine engine, Map<StreamKey, Entry> index) {
        this.folder = folder;
        this.options = options;
        this.engine = engine;
        this.index = index;
        this.shelf = new Shelf(options.maxBytes());
    }

    Shelf shelf() {
        return shelf;
    }

    /** Creates the file of an entry. */
    WritableByteChannel create(Path path) throws IOException {
        writing.add(path);
        boolean created = false;
        try {
            WritableByteChannel channel = folder.create(path);
            created = true;
            return channel;
        } finally {
            if (!created) {
                writing.remove(path);
            }
        }
    }

    /** Takes back a file that no entry got. */
    void undo(Path path, WritableByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            engine.stats().storageFailed("close", e);
        }
        delete(path);
        writing.remove(path);
    }

    /** An entry was in the folder. Whoever invalidated it meanwhile sees to its file. */
    void found(Entry entry, StreamFolder.Found found, EntryReader reader) {
        String name = entry.key().name();
        if (entry.phase() == Entry.Phase.OPENING) {
            shelf.put(name, found.file().length(), entry, now());
        }
        if (entry.found(found.file(), found.length(), reader)) {
            used(entry);
        } else {
            shelf.remove(name, entry);
        }
    }

    /** A complete entry was opened, or closed. */
    void used(Entry entry) {
        shelf.touch(entry.key().name(), now());
        Entry.EntryFile file = entry.file();
        if (file != null && entry.isTouchDue(now(), options.maxAge().toMillis() / TOUCHES_PER_AGE)) {
            touch(file.path());
        }
    }

    /** Removes the file of a key that has no entry in the index; whether there was one. */
    boolean discard(StreamKey key) {
        Path file = folder.shelved(key.name());
        try {
            folder.stat(file);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            engine.stats().storageFailed("stat", e);
            return false;
        }
        delete(file);
        shelf.removeUnused(key.name());
        return true;
    }

    @Override
    public void withdraw(Entry entry) {
        index.remove(entry.key(), entry);
        Entry.EntryFile file = entry.file();
        if (file != null) {
            shelf.remove(entry.key().name(), entry);
            delete(file.path());
        }
    }

    @Override
    public void idle(Entry entry) {
        used(entry);
    }

    @Override
    public void settled(Entry entry) {
        shelf.release(entry.takeReserved());
    }

    @Override
    public boolean reserve(long bytes) {
        while (!shelf.reserve(bytes)) {
            Optional<Shelf.Item> victim = shelf.takeIdle();
            if (victim.isEmpty()) {
                return false;
            }
            evict(victim.get(), EvictionCause.BYTES);
        }
        return true;
    }

    @Override
    public void failed(String operation, Entry entry, IOException cause) throws IOException {
        engine.stats().storageFailed(operation, cause);
        if (options.storageErrors() == StorageErrorPolicy.FAIL) {
            StreamEnd end = StreamEnd.stored(entry.key(), cause);
            entry.end(end);
            end.check();
        }
    }

    @Override
    public void made(long bytes) {
        engine.stats().made(bytes);
    }

    @Override
    public void publish(Entry entry, EntryWriter writer) {
        Entry.EntryFile written = entry.file();
        if (written == null) {
            throw new IllegalStateException("an entry without a file cannot be published");
        }
        Trailer trailer = folder.trailer(entry.key(), entry.cursor().written(), written.expires());
        try {
            if (writer.seal(trailer.encode())) {
                Path path = folder.publish(written.path(), entry.key().name());
                shelve(entry, new Entry.EntryFile(path, trailer.fileSize(), written.expires()));
            }
        } catch (IOException e) {
            delete(folder.shelved(entry.key().name()));
            unpublished(entry, e);
        }
        if (entry.phase() == Entry.Phase.COMPLETE) {
            entry.cursor().end(StreamEnd.COMPLETE);
        } else {
            // Its readers have all of it, and nobody else will.
            entry.end(StreamEnd.COMPLETE);
        }
        writing.remove(written.path());
        trim();
    }

    @Override
    public void released(Entry entry) {
        Entry.EntryFile file = entry.file();
        if (file != null) {
            writing.remove(file.path());
        }
    }

    /** Removes what is too old, too many or too much, and takes over what other processes did. */
    void sweep() throws IOException {
        folder.clean(writing::contains);
        Set<String> known = shelf.names();
        List<StreamFolder.Shelved> listed = folder.list();
        long now = now();
        // Their files are gone, so that nobody can open them; the index need not wait for somebody who tries.
        shelf.refresh(listed, known, now).forEach(Entry::invalidate);
        index.values().stream().filter(entry -> entry.isExpired(now)).forEach(Entry::invalidate);
        evictAll(
                EvictionCause.AGE,
                () -> shelf.takeIdleBefore(now - options.maxAge().toMillis()));
        trim();
    }

    private void trim() {
        evictAll(
                EvictionCause.ENTRIES,
                () -> shelf.count() > options.maxEntries() ? shelf.takeIdle() : Optional.empty());
        evictAll(EvictionCause.BYTES, () -> shelf.bytes() > options.maxBytes() ? shelf.takeIdle() : Optional.empty());
    }

    private void evictAll(EvictionCause cause, Victims victims) {
        for (Optional<Shelf.Item> victim = victims.next(); victim.isPresent(); victim = victims.next()) {
            evict(victim.get(), cause);
        }
    }

    private void evict(Shelf.Item victim, EvictionCause cause) {
        Entry entry = victim.entry();
        if (entry != null) {
            index.remove(entry.key(), entry);
        }
        delete(folder.shelved(victim.name()));
        engine.stats().evicted(cause, victim.size());
    }

    private void shelve(Entry entry, Entry.EntryFile published) {
        shelf.put(entry.key().name(), published.length(), entry, now());
        shelf.release(entry.takeReserved());
        if (!entry.published(published)) {
            shelf.remove(entry.key().name(), entry);
            delete(published.path());
        }
    }

    private void unpublished(Entry entry, IOException cause) {
        try {
            failed("publish", entry, cause);
        } catch (IOException told) {
            // Its readers get it.
        }
    }

    private void touch(Path file) {
        try {
            folder.touch(file, now());
        } catch (NoSuchFileException e) {
            // The next caller will see.
        } catch (IOException e) {
            engine.stats().storageFailed("touch", e);
        }
    }

    private void delete(Path file) {
        try {
            folder.delete(file);
        } catch (IOException e) {
            engine.stats().storageFailed("delete", e);
        }
    }

    private long now() {
        return engine.timing().wallMillis();
    }

    private interface Victims {
        Optional<Shelf.Item> next();
    }
}
