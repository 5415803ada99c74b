package io.blobpath.store.stream;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the files in the folder: sizes and last uses, in the order of use, and the bytes that are promised to those who
 * write. Nothing here touches a file.
 */
final class Shelf {
    private static final Comparator<Item> BY_USE =
            Comparator.comparingLong(Item::used).thenComparing(Item::name);

    private final long maxBytes;
    private final Map<String, Item> byName = new HashMap<>();
    private final NavigableSet<Item> byUse = new TreeSet<>(BY_USE);
    private long shelved;
    private long reserved;
    private long lastUse = Long.MIN_VALUE;

    /**
     * A complete entry.
     *
     * @param name its file's name
     * @param size its file's size
     * @param used when it was used last, in microseconds of the wall clock, no two uses at one moment
     * @param entry who may be reading it; null if nobody did since the cache was opened
     */
    record Item(String name, long size, long used, @Nullable Entry entry) {}

    Shelf(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Promises room to a writer; false if there is none. */
    synchronized boolean reserve(long bytes) {
        if (bytes > maxBytes - shelved - reserved) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    synchronized void release(long bytes) {
        reserved -= bytes;
    }

    /** A file of this size is complete, or was found; one that had its name is no more. */
    synchronized void put(String name, long size, Entry entry, long wallMillis) {
        replace(new Item(name, size, use(wallMillis), entry));
    }

    /** It is being used. */
    synchronized void touch(String name, long wallMillis) {
        Item item = byName.get(name);
        if (item != null) {
            replace(new Item(name, item.size(), use(wallMillis), item.entry()));
        }
    }

    /** Its file is gone, if it still is this entry's. */
    synchronized void remove(String name, Entry entry) {
        Item item = byName.get(name);
        if (item != null && item.entry() == entry) {
            drop(item);
        }
    }

    /** The file of a name is gone that had no entry. */
    synchronized void removeUnused(String name) {
        Item item = byName.get(name);
        if (item != null && item.entry() == null) {
            drop(item);
        }
    }

    /** Takes out the entry that was not used for the longest time, of those that nobody reads. */
    synchronized Optional<Item> takeIdle() {
        return takeIdleBefore(Long.MAX_VALUE);
    }

    /** The same, if its last use was before this moment, in milliseconds of the wall clock. */
    synchronized Optional<Item> takeIdleBefore(long wallMillis) {
        long limit = TimeUnit.MILLISECONDS.toMicros(wallMillis);
        for (Iterator<Item> all = byUse.iterator(); all.hasNext(); ) {
            Item item = all.next();
            if (item.used() >= limit) {
                break;
            }
            if (item.entry() == null || item.entry().retire()) {
                all.remove();
                byName.remove(item.name());
                shelved -= item.size();
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    synchronized int count() {
        return byName.size();
    }

    /** All bytes, with those that are promised. */
    synchronized long bytes() {
        return shelved + reserved;
    }

    /** The names, for {@link #refresh}; asked for before the folder is listed. */
    synchronized Set<String> names() {
        return new HashSet<>(byName.keySet());
    }

    /**
     * Takes over what the folder holds: what other processes added, removed or used.
     *
     * @param known what was known before the folder was listed; what is newer, we published meanwhile
     * @return the entries whose files are gone
     */
    synchronized List<Entry> refresh(Collection<StreamFolder.Shelved> folder, Set<String> known, long wallMillis) {
        Set<String> gone = new HashSet<>(known);
        for (StreamFolder.Shelved file : folder) {
            gone.remove(file.name());
            Item item = byName.get(file.name());
            // A time ahead of ours tells nothing, and must not keep the file for ever: then what was known counts, or
            // now.
            long before = item == null ? TimeUnit.MILLISECONDS.toMicros(wallMillis) : item.used();
            boolean ahead = file.used().toMillis() > wallMillis;
            long told =
                    ahead ? before : TimeUnit.MILLISECONDS.toMicros(file.used().toMillis());
            if (item == null) {
                replace(new Item(file.name(), file.size(), told, null));
            } else if (item.size() != file.size() || told > before) {
                replace(new Item(file.name(), file.size(), Math.max(told, before), item.entry()));
            }
        }
        return gone.stream().flatMap(name -> lost(name).stream()).toList();
    }

    private Optional<Entry> lost(String name) {
        Item item = byName.get(name);
        if (item == null) {
            return Optional.empty();
        }
        drop(item);
        return Optional.ofNullable(item.entry());
    }

    private long use(long wallMillis) {
        lastUse = Math.max(lastUse + 1, TimeUnit.MILLISECONDS.toMicros(wallMillis));
        return lastUse;
    }

    private void replace(Item item) {
        Item before = byName.get(item.name());
        if (before != null) {
            drop(before);
        }
        byName.put(item.name(), item);
        byUse.add(item);
        shelved += item.size();
    }

    private void drop(Item item) {
        byName.remove(item.name());
        byUse.remove(item);
        shelved -= item.size();
    }
}
