package io.blobpath.store.model;

/** What must hold in every state and step. */
enum Property {
    /** Every blob of every manifest in the index is there under its name. */
    NO_DANGLING_REFERENCE,
    /** An index is only ever written over the one that its writer read. */
    NO_LOST_UPDATE,
    /** A publisher whose blobs were all acknowledged within the grace period never finds one missing. */
    ACKNOWLEDGED_BLOBS_STAY
}
