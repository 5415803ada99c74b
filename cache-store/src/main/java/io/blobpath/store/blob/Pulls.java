package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobSource;
import io.blobpath.store.SourceException;
import io.blobpath.store.StoreException;
import io.blobpath.store.stream.Backpressure;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamFailedException;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamOptions;
import io.blobpath.store.stream.StreamReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Brings blobs from elsewhere into the store, one node at a time, and lets the clients of that node read along. */
final class Pulls {
    private static final int FIRST = 1 << 16;

    /** A slow client must not hold up the other nodes, which wait for the blob. What is begun goes on from there later. */
    private static final StreamOptions READING = StreamOptions.defaults().withBackpressure(Backpressure.none());

    private final BlobStore store;
    private final Placement placement;
    private final Scratch scratch;
    private final StreamCache streams;
    private final SingleFlight flights;
    private final FlightOptions flight;
    private final int rounds;

    Pulls(
            BlobStore store,
            Placement placement,
            Scratch scratch,
            StreamCache streams,
            Leases leases,
            BlobStoreOptions options) {
        this.store = store;
        this.placement = placement;
        this.scratch = scratch;
        this.streams = streams;
        this.flights = leases.singleFlight(Pulls::start);
        this.flight = FlightOptions.builder()
                .lease(options.lease().lease())
                .stall(options.stall())
                .workTime(Duration.ofDays(365))
                .attempts(1)
                .onCallersGone(FlightOptions.OnCallersGone.CANCEL)
                .build();
        this.rounds = options.sessions();
    }

    /** The blob, from the store or while it arrives. */
    InputStream fetch(RepositoryFolder folder, Digest digest, BlobSource source) throws IOException {
        StreamKey key = key(folder, digest);
        while (true) {
            Optional<InputStream> there = open(folder, digest);
            if (there.isPresent()) {
                return there.get();
            }
            try {
                return begin(streams.open(key, sink -> new Pull(this, folder, digest, source, sink).fly(), READING));
            } catch (StreamFailedException e) {
                if (!(e.getCause() instanceof Pull.ThereException)) {
                    throw failure(folder, digest, e);
                }
            }
        }
    }

    Placement placement() {
        return placement;
    }

    Scratch scratch() {
        return scratch;
    }

    SingleFlight flights() {
        return flights;
    }

    FlightOptions flight() {
        return flight;
    }

    /** How often to begin again when the lease was lost. */
    int rounds() {
        return rounds;
    }

    /** The blob, if the repository has it, young. */
    Optional<InputStream> open(RepositoryFolder folder, Digest digest) throws IOException {
        return has(folder, digest) ? store.read(folder.name(), digest) : Optional.empty();
    }

    /** The blob from this byte on. */
    BlobContent open(RepositoryFolder folder, Digest digest, long offset) throws IOException {
        BlobStat stat = store.stat(folder.name(), digest).orElseThrow(() -> gone(digest));
        InputStream bytes =
                store.read(folder.name(), digest, offset, Long.MAX_VALUE).orElseThrow(() -> gone(digest));
        return new BlobContent(offset, stat.size(), bytes);
    }

    boolean has(RepositoryFolder folder, Digest digest) throws IOException {
        return store.stat(folder.name(), digest).isPresent();
    }

    /** Whether the repository has the blob, or has got it now from another one. */
    boolean hasOrAdopts(RepositoryFolder folder, Digest digest) throws IOException {
        return has(folder, digest) || placement.adopt(folder, digest);
    }

    /** Later callers find the blob in the store. */
    void forget(RepositoryFolder folder, Digest digest) {
        streams.invalidate(key(folder, digest));
    }

    /** Waits for the first bytes, so that a source that has none fails here. */
    private static InputStream begin(StreamReader reader) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(FIRST);
        boolean begun = false;
        try {
            reader.read(first);
            begun = true;
        } finally {
            if (!begun) {
                reader.close();
            }
        }
        return new SequenceInputStream(
                new ByteArrayInputStream(first.array(), 0, first.position()), Channels.newInputStream(reader));
    }

    private static RuntimeException failure(RepositoryFolder folder, Digest digest, StreamFailedException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof StoreException || cause instanceof BlobPathCacheException) {
            return (RuntimeException) cause;
        }
        return new SourceException(
                "cannot fetch " + digest + " into repository '" + folder.name() + "': " + cause, cause);
    }

    private static NoSuchFileException gone(Digest digest) {
        return new NoSuchFileException(digest.toString(), null, "removed since it was brought");
    }

    /** One for each repository: who reads along must find the blob in the repository that was asked. */
    private static StreamKey key(RepositoryFolder folder, Digest digest) {
        return StreamKey.of("pull", Map.of("repository", folder.name().value(), "digest", digest.toString()));
    }

    /** A download is long enough for a thread of its own. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "blobpath-pull");
        thread.setDaemon(true);
        thread.start();
    }
}
