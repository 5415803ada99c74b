package io.blobpath.store;

/** Has blobs that are not here: another registry, a mirror, a peer. */
@FunctionalInterface
public interface BlobSource {
    /**
     * Opens the bytes of a blob. Runs on a thread of its own and inside a lease, so on one node at a time, and so does the reading.
     * That thread is interrupted when nobody waits for the bytes any more, when the lease is lost, and when no byte came for too
     * long; a source whose reads cannot be interrupted sets a time limit of its own.
     *
     * <p>Each byte is checked: more than were announced are refused at once, and others than the digest's are never kept.
     *
     * @return the bytes, which the caller closes
     * @throws Exception the reason why there are none; everybody who waits gets it as a cause
     */
    BlobContent open(BlobRequest request) throws Exception;
}
