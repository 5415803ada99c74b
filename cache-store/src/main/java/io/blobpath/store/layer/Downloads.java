package io.blobpath.store.layer;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.FlightContext;
import io.blobpath.cache.lease.FlightException;
import io.blobpath.cache.lease.FlightOptions;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.SingleFlight;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobRequest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.stream.StreamCache;
import io.blobpath.store.stream.StreamKey;
import io.blobpath.store.stream.StreamProducer;
import io.blobpath.store.stream.StreamSink;
import io.blobpath.store.stream.StreamStoredElsewhereException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Downloads each layer inside the flight that it has in the whole cluster. If a flight ends because another process has put the layer
 * into the folder, readers are sent there; a cache with a folder of its own waits for its turn, and then finds the others' records.
 *
 * <p>In this process the stream cache has seen to it that nobody else makes the same entry. So who finds a download of the layer under
 * way here knows that its entry is gone, by deletion or for want of room, and must not wait for it.
 */
final class Downloads {
    private static final Boolean DONE = true;

    private final StreamCache streams;
    private final SingleFlight flights;
    private final FlightOptions options;
    private final LayerRecords records;
    private final LayerLinks links;
    private final Set<Digest> underWay = ConcurrentHashMap.newKeySet();

    Downloads(
            StreamCache streams, SingleFlight flights, FlightOptions options, LayerRecords records, LayerLinks links) {
        this.streams = streams;
        this.flights = flights;
        this.options = options;
        this.records = records;
        this.links = links;
    }

    /** Makes the compressed bytes of a layer. */
    StreamProducer of(Layer layer, BlobSource source) {
        return sink -> {
            if (!sink.isKept() || !underWay.add(layer.digest())) {
                new Download(layer, source, sink).pass(bytes -> {});
                return;
            }
            try {
                new Download(layer, source, sink).fly();
            } finally {
                underWay.remove(layer.digest());
            }
        };
    }

    private final class Download {
        private final Layer layer;
        private final BlobSource source;
        private final StreamSink sink;
        private final StreamKey key;
        private boolean mine;

        Download(Layer layer, BlobSource source, StreamSink sink) {
            this.layer = layer;
            this.source = source;
            this.sink = sink;
            this.key = StreamKey.of(layer.digest());
        }

        void fly() throws Exception {
            // Not the lease of the digest itself, which whoever publishes the blob needs, perhaps the source.
            LeaseName name = LeaseName.of("layer " + layer.digest());
            while (!mine) {
                try {
                    flights.run(name, this::probe, this::download, options);
                } catch (FlightException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
                if (!mine && streams.isStored(key)) {
                    throw new StreamStoredElsewhereException();
                }
            }
        }

        private Optional<Boolean> probe() {
            return streams.isStored(key) ? Optional.of(DONE) : Optional.empty();
        }

        private Boolean download(FlightContext context) throws Exception {
            mine = true;
            pass(bytes -> progress(context, bytes));
            // The flight ends when others can see the layer, and not before.
            sink.commit();
            if (streams.isStored(key)) {
                records.add(layer.digest());
                links.remember(layer);
            }
            return DONE;
        }

        /** From the source to the sink. */
        void pass(LongConsumer progress) throws Exception {
            BlobRequest request = new BlobRequest(layer.digest(), 0, records.copies(layer.digest()));
            try (BlobContent content = source.open(request)) {
                if (content.size() != layer.size()) {
                    throw new InvalidContentException(
                            "layer " + layer.digest() + " has " + layer.size() + " bytes, and its source says "
                                    + content.size(),
                            null);
                }
                long[] passed = {0};
                content.deliver(bytes -> {
                    passed[0] += bytes.remaining();
                    sink.write(bytes);
                    progress.accept(passed[0]);
                });
            }
        }

        private void progress(FlightContext context, long bytes) {
            if (sink.isKept()) {
                context.progress(bytes);
            } else {
                // Nothing will come of it that others could wait for.
                context.lease().ifPresent(Lease::close);
            }
        }
    }
}
