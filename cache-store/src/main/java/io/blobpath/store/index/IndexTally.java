package io.blobpath.store.index;

import io.blobpath.cache.PutResult;
import io.blobpath.store.Problems;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.LinkCounter;
import io.blobpath.store.walk.BlobFile;
import java.util.List;

/** Adds up what the workers found. */
final class IndexTally {
    private final LinkCounter shared = new LinkCounter();
    private long blobs;
    private long logicalBytes;
    private long physicalBytes;
    private long added;
    private long known;
    private long verified;
    private long corruptRemoved;

    synchronized void found(List<BlobFile> page) {
        for (BlobFile blob : page) {
            FileState state = blob.state();
            blobs++;
            logicalBytes += state.size();
            // Only files with several links can be met twice, so that only these take memory.
            if (state.links() == 1 || shared.meet(state.key()) == 1) {
                physicalBytes += state.size();
            }
        }
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
                physicalBytes,
                added,
                known,
                verified,
                corruptRemoved + stale.removed(),
                stale.kept(),
                problems);
    }
}
