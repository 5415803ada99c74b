package io.blobpath.cache.lease;

/** Why a lease was lost before it was closed. */
public enum LossCause {
    /** Its time passed without a renewal that was confirmed: a pause of this process, or a store that did not answer. */
    EXPIRED,
    /** The store says that somebody else holds it, or that it is gone: taken over, broken by hand, or wiped. */
    TAKEN,
    /** The cache that granted it was closed. */
    CLOSED
}
