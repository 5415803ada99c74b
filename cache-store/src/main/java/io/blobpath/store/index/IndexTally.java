package io.blobpath.store.index;

import io.blobpath.cache.PutResult;
import io.blobpath.store.Problems;
import io.blobpath.store.walk.BlobFile;
import java.util.List;

/** Adds up what the workers found. */
final class IndexTally {
    private long blobs;
    private long logicalBytes;
    private long added;
    private long known;
    private long verified;
    private long corruptRemoved;

    /** Counts the page; how many bytes it has. */
    synchronized long found(List<? extends BlobFile<?>> page) {
        long bytes = 0;
        for (BlobFile<?> blob : page) {
            bytes += blob.state().size();
        }
        blobs += page.size();
        logicalBytes += bytes;
        return bytes;
    }

    synchronized void recorded(List<PutResult> results) {
        for (PutResult result : results) {
            if (result.added()) {
                added++;
            } else {
                known++;
            }
        }
    }

    synchronized void verified(long count) {
        verified += count;
    }

    synchronized void corruptRemoved() {
        corruptRemoved++;
    }

    synchronized long records() {
        return added + known;
    }

    synchronized long blobs() {
        return blobs;
    }

    synchronized IndexReport report(long repositories, StaleRecords.Outcome stale, Problems problems) {
        return new IndexReport(
                repositories,
                blobs,
                logicalBytes,
                added,
                known,
                verified,
                corruptRemoved + stale.removed(),
                stale.kept(),
                problems);
    }
}
