package io.blobpath.store.dedupe;

import io.blobpath.store.file.FileState;
import io.blobpath.store.file.LinkCounter;
import io.blobpath.store.walk.BlobFile;
import java.util.List;

/** Adds up what copies of all shared files take. Of each file one path may keep it, if all its names are in the store. */
final class SharedSpace {
    private static final long BLOCK = 4096;

    private final LinkCounter counter = new LinkCounter();
    private long blobs;
    private long shared;
    private long copies;
    private long bytesNeeded;

    synchronized void add(List<BlobFile<FileState>> page) {
        blobs += page.size();
        for (BlobFile<FileState> blob : page) {
            FileState state = blob.state();
            if (state.links() > 1) {
                shared++;
                if (counter.meet(state.key()) < state.links()) {
                    copies++;
                    bytesNeeded += (state.size() + BLOCK - 1) / BLOCK * BLOCK;
                }
            }
        }
    }

    synchronized long blobs() {
        return blobs;
    }

    synchronized long shared() {
        return shared;
    }

    synchronized long copies() {
        return copies;
    }

    synchronized long bytesNeeded() {
        return bytesNeeded;
    }
}
