package io.blobpath.store.layer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.store.stream.StreamCacheOptions;
import io.blobpath.store.stream.StreamOptions;
import java.time.Duration;

/**
 * How a cache keeps its layers.
 *
 * @param name what the index calls the folder: one segment of a path. Caches that share a folder share the name
 * @param streams how the folder is kept
 * @param reading how far a download may be ahead of its readers, and what becomes of it without them
 * @param lease how long others wait at most for a node that died during a download
 * @param downloadTime how long a download may take before it is interrupted
 */
public record LayerCacheOptions(
        String name, StreamCacheOptions streams, StreamOptions reading, Duration lease, Duration downloadTime) {
    /** Refuses a name that is no segment of a path, and durations that a flight cannot have. */
    public LayerCacheOptions {
        BlobPath.of(name);
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("the name of a layer cache was '" + name + "' but it must have no '/'");
        }
        flight(lease, downloadTime);
    }

    /** Named "layers"; streams and readers as their defaults are; thirty seconds of lease, an hour for a download. */
    public static LayerCacheOptions defaults() {
        return new LayerCacheOptions(
                "layers",
                StreamCacheOptions.defaults(),
                StreamOptions.defaults(),
                Duration.ofSeconds(30),
                Duration.ofHours(1));
    }

    /** The same with this name. */
    public LayerCacheOptions withName(String value) {
        return new LayerCacheOptions(value, streams, reading, lease, downloadTime);
    }

    /** The same with this folder. */
    public LayerCacheOptions withStreams(StreamCacheOptions value) {
        return new LayerCacheOptions(name, value, reading, lease, downloadTime);
    }

    /** The same with these readers. */
    public LayerCacheOptions withReading(StreamOptions value) {
        return new LayerCacheOptions(name, streams, value, lease, downloadTime);
    }

    /** The same with this lease. */
    public LayerCacheOptions withLease(Duration value) {
        return new LayerCacheOptions(name, streams, reading, value, downloadTime);
    }

    /** The same with this time for a download. */
    public LayerCacheOptions withDownloadTime(Duration value) {
        return new LayerCacheOptions(name, streams, reading, lease, value);
    }

    /** One attempt, for readers have what it gave; without a lease if there is nobody to ask, for the bytes are verified. */
    FlightOptions flight() {
        return flight(lease, downloadTime);
    }

    private static FlightOptions flight(Duration lease, Duration downloadTime) {
        return FlightOptions.builder()
                .lease(lease)
                .workTime(downloadTime)
                .stall(downloadTime)
                .attempts(1)
                .onStoreDown(FlightOptions.OnStoreDown.PROCEED)
                .build();
    }
}
