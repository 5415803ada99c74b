package io.blobpath.store.stream;

import java.time.Duration;

/**
 * How a cache keeps its folder.
 *
 * @param maxAge how long an entry stays after its last use
 * @param maxBytes how many bytes the files of the folder may have, those being written among them. When idle entries make no
 *     more room, a stream goes on uncached
 * @param maxEntries how many complete entries may stay
 * @param bypassFirst how often a key must have been asked for before it is cached
 * @param readerWindow the time in which a reader must take {@code readerMinimum}; it is found between one and two of these
 * @param readerMinimum the bytes that a reader must take in each window in which so many were there; with 1 it must only not be
 *     idle
 * @param storageErrors what to do when the disk fails
 * @param sync whether an entry is on the disk before it becomes visible. Without it, entries of an earlier boot are only used
 *     if their key is a digest
 * @param listener who is told what happens
 */
public record StreamCacheOptions(
        Duration maxAge,
        long maxBytes,
        int maxEntries,
        int bypassFirst,
        Duration readerWindow,
        long readerMinimum,
        StorageErrorPolicy storageErrors,
        boolean sync,
        StreamListener listener) {
    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

    /** Refuses what is not positive; {@code bypassFirst} may be zero. */
    public StreamCacheOptions {
        Durations.requirePositive("maxAge", maxAge);
        Durations.requirePositive("readerWindow", readerWindow);
        requirePositive("maxBytes", maxBytes);
        requirePositive("maxEntries", maxEntries);
        requirePositive("readerMinimum", readerMinimum);
        if (bypassFirst < 0) {
            throw new IllegalArgumentException("bypassFirst was " + bypassFirst + " but it must not be negative");
        }
    }

    /** Five minutes, 10 GiB, 100,000 entries, cached at once, readers idle for a minute sent away, past disk errors. */
    public static StreamCacheOptions defaults() {
        return new StreamCacheOptions(
                Duration.ofMinutes(5),
                10L << 30,
                100_000,
                0,
                Duration.ofMinutes(1),
                1,
                StorageErrorPolicy.BYPASS,
                false,
                StreamListener.NONE);
    }

    /** The same with this age. */
    public StreamCacheOptions withMaxAge(Duration value) {
        return new StreamCacheOptions(
                value, maxBytes, maxEntries, bypassFirst, readerWindow, readerMinimum, storageErrors, sync, listener);
    }

    /** The same with this quota. */
    public StreamCacheOptions withMaxBytes(long value) {
        return new StreamCacheOptions(
                maxAge, value, maxEntries, bypassFirst, readerWindow, readerMinimum, storageErrors, sync, listener);
    }

    /** The same with this many entries. */
    public StreamCacheOptions withMaxEntries(int value) {
        return new StreamCacheOptions(
                maxAge, maxBytes, value, bypassFirst, readerWindow, readerMinimum, storageErrors, sync, listener);
    }

    /** The same with this many requests past the cache. */
    public StreamCacheOptions withBypassFirst(int value) {
        return new StreamCacheOptions(
                maxAge, maxBytes, maxEntries, value, readerWindow, readerMinimum, storageErrors, sync, listener);
    }

    /** The same with this pace for readers. */
    public StreamCacheOptions withReaderPace(Duration window, long minimum) {
        return new StreamCacheOptions(
                maxAge, maxBytes, maxEntries, bypassFirst, window, minimum, storageErrors, sync, listener);
    }

    /** The same with this policy for a disk that fails. */
    public StreamCacheOptions withStorageErrors(StorageErrorPolicy value) {
        return new StreamCacheOptions(
                maxAge, maxBytes, maxEntries, bypassFirst, readerWindow, readerMinimum, value, sync, listener);
    }

    /** The same, synced or not. */
    public StreamCacheOptions withSync(boolean on) {
        return new StreamCacheOptions(
                maxAge, maxBytes, maxEntries, bypassFirst, readerWindow, readerMinimum, storageErrors, on, listener);
    }

    /** The same with this listener. */
    public StreamCacheOptions withListener(StreamListener value) {
        return new StreamCacheOptions(
                maxAge, maxBytes, maxEntries, bypassFirst, readerWindow, readerMinimum, storageErrors, sync, value);
    }

    /** How often the folder is swept and readers are looked at. */
    Duration sweepPeriod() {
        Duration shorter = maxAge.compareTo(readerWindow) < 0 ? maxAge : readerWindow;
        return shorter.compareTo(LONGEST_SWEEP) < 0 ? shorter : LONGEST_SWEEP;
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " was " + value + " but it must be positive");
        }
    }
}
