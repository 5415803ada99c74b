package io.blobpath.store.stream;

import java.time.Duration;
import java.util.Map;

/**
 * What a cache did since it was opened, and what it holds now. Taken while others work, so the numbers may be a moment apart.
 *
 * @param opened streams opened, by where their bytes came from
 * @param bytesIn bytes that producers made
 * @param bytesOut bytes that readers got
 * @param failures producers that failed
 * @param retries readers that tried by themselves after a failure of somebody else's producer
 * @param tooSlow readers that were sent away
 * @param storageErrors operations on the disk that failed
 * @param evictions entries removed to keep the limits, by cause
 * @param evictedBytes their bytes
 * @param firstByteTotal the time to the first byte, over all readers that got one
 * @param firstBytes how many did
 * @param joinTotal the time that readers waited until they could join, over all
 * @param entries complete entries in the folder, as far as known
 * @param bytes bytes in the folder, those being written among them
 * @param readers readers that are open
 */
public record StreamStats(
        Map<Outcome, Long> opened,
        long bytesIn,
        long bytesOut,
        long failures,
        long retries,
        long tooSlow,
        long storageErrors,
        Map<EvictionCause, Long> evictions,
        long evictedBytes,
        Duration firstByteTotal,
        long firstBytes,
        Duration joinTotal,
        int entries,
        long bytes,
        int readers) {
    /** Copies the maps. */
    public StreamStats {
        opened = Map.copyOf(opened);
        evictions = Map.copyOf(evictions);
    }

    /** How many streams were opened with this outcome. */
    public long opened(Outcome outcome) {
        return opened.getOrDefault(outcome, 0L);
    }

    /** How many entries were removed for this cause. */
    public long evictions(EvictionCause cause) {
        return evictions.getOrDefault(cause, 0L);
    }
}
