package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.FlightContext;
import io.blobpath.cache.lease.FlightException;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.store.BlobContent;
import io.blobpath.store.BlobRequest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.UploadExpiredException;
import io.blobpath.store.stream.StreamSink;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes one stream: waits until another node has brought the blob, or brings it. */
final class Pull {
    private static final Boolean DONE = true;

    private final Pulls pulls;
    private final RepositoryFolder folder;
    private final Digest digest;
    private final BlobSource source;
    private final Arrival arrival;
    private volatile boolean mine;
    private volatile @Nullable Lease lease;

    /** The blob is there: nothing is to be made. */
    static final class ThereException extends IOException {
        private static final long serialVersionUID = 1L;

        ThereException() {
            super("the blob is there");
        }
    }

    Pull(Pulls pulls, RepositoryFolder folder, Digest digest, BlobSource source, StreamSink sink) {
        this.pulls = pulls;
        this.folder = folder;
        this.digest = digest;
        this.source = source;
        this.arrival = new Arrival(pulls.scratch(), digest, sink);
    }

    void fly() throws Exception {
        // Not the lease of the digest itself, which is for those who change its records.
        LeaseName name = LeaseName.of("pull " + digest);
        for (int round = 0; round < pulls.rounds(); round++) {
            if (isDone(name, round)) {
                return;
            }
        }
        throw new StoreBusyException("cannot fetch " + digest + ": its lease was lost " + pulls.rounds()
                + " times; are nodes paused for longer than their leases?");
    }

    private boolean isDone(LeaseName name, int round) throws Exception {
        mine = false;
        lease = null;
        try {
            pulls.flights().run(name, this::probe, this::work, pulls.flight());
        } catch (FlightException e) {
            // Others may have the blob now, or this source more luck than that of another caller.
            if (isLost() || (!mine && round == 0)) {
                return false;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            // The thread has been interrupted, but it may hang for long.
            release();
            throw e;
        }
        if (!mine && pulls.hasOrAdopts(folder, digest)) {
            if (arrival.isUntouched()) {
                throw new ThereException();
            }
            // Otherwise the lease was lost behind the last byte.
            if (!arrival.isComplete()) {
                arrival.receive(this::openStored, bytes -> {});
                publish();
            }
            return true;
        }
        return mine;
    }

    private Optional<Boolean> probe() throws IOException {
        return pulls.hasOrAdopts(folder, digest) ? Optional.of(DONE) : Optional.empty();
    }

    private Boolean work(FlightContext context) throws Exception {
        mine = true;
        lease = context.lease().orElse(null);
        arrival.receive(source, context::progress);
        publish();
        return DONE;
    }

    private void publish() throws IOException {
        // A stream that is complete in the cache of streams would outlive the blob.
        pulls.forget(folder, digest);
        try {
            arrival.publish(pulls.placement(), folder);
        } catch (UploadExpiredException e) {
            // Who took the work over has removed it, when they had the blob.
            if (!pulls.has(folder, digest)) {
                throw e;
            }
        }
    }

    /** The store as a source, for a stream that was begun here and was brought to its end by another node. */
    private BlobContent openStored(BlobRequest request) throws IOException {
        return pulls.open(folder, digest, request.offset());
    }

    private boolean isLost() {
        Lease held = lease;
        return held != null && held.lost().toCompletableFuture().isDone();
    }

    private void release() {
        Lease held = lease;
        if (held != null) {
            held.close();
        }
    }
}
