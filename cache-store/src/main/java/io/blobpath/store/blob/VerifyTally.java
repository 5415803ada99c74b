package io.blobpath.store.blob;

import io.blobpath.store.Problems;
import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.LinkCounter;
import io.blobpath.store.walk.BlobFile;

/** Adds up what was verified, from several threads. */
final class VerifyTally {
    private final LinkCounter shared = new LinkCounter();
    private long manifests;
    private long references;
    private long records;
    private long blobs;
    private long bytes;
    private long read;
    private long readBytes;
    private boolean complete = true;

    synchronized void followed(long moreManifests, long moreReferences) {
        manifests += moreManifests;
        references += moreReferences;
    }

    synchronized void records(long all) {
        records = all;
    }

    /** Whether the file was not met before under another path of this digest. */
    synchronized boolean found(BlobFile<FileState> blob) {
        blobs++;
        bytes += blob.state().size();
        return blob.state().links() == 1 || shared.meet(key(blob)) == 1;
    }

    synchronized void read(long size) {
        read++;
        readBytes += size;
    }

    /** The time was over before all was read. */
    synchronized void late() {
        complete = false;
    }

    synchronized VerifyReport report(int repositories, Problems problems) {
        return new VerifyReport(
                repositories, manifests, references, records, blobs, bytes, read, readBytes, complete, problems);
    }

    /** A file may have the names of two digests, of which one is wrong; then it is read for both. */
    private static FileKey key(BlobFile<FileState> blob) {
        FileKey key = blob.state().key();
        return new FileKey(key.device(), key.inode() ^ ((long) blob.digest().hashCode() << Integer.SIZE));
    }
}
