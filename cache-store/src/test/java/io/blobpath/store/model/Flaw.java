package io.blobpath.store.model;

/** What the protocol lacks, to show that the model would tell. */
enum Flaw {
    /** Nothing: the protocol as it is. */
    NONE,
    /** A manifest is published without a look at its blobs. */
    NO_PRESENCE_CHECK,
    /** Blobs of any age are swept. */
    NO_GRACE,
    /** The index is read before the lease is asked for. */
    READ_BEFORE_LEASE,
    /** There is no lease: whoever asks is granted. */
    NO_LEASE,
    /** Files are changed under their own paths, so that nothing stops a holder whose lease is over. */
    NO_DOOR,
    /** The cache is not asked again after the door was made. */
    NO_CONFIRM,
    /** The cache is asked again before the door is made. */
    CONFIRM_BEFORE_DOOR,
    /** The doors of others stay. */
    NO_DROP,
    /** The doors of others are removed after the index was read. */
    DROP_AFTER_READ,
    /** A blob is removed under its name, without looking at what was taken. */
    BARE_UNLINK,
    /** Sweepers put aside under one common name. */
    SHARED_ASIDE,
    /** A sweeper that links back and finds the name taken leaves the file there as old as it is. */
    NO_TOUCH_AT_BACK,
    /** A publisher does not look for a missing blob where sweepers put aside. */
    NO_SEARCH,
    /** A publisher that found a name aside, which was gone when it linked it, does not look for others. */
    NO_SECOND_SEARCH,
    /** A publisher that found nothing aside does not look at the blob's name again. */
    NO_SECOND_LOOK,
    /** A publisher that finds a blob missing does not look whether its door is still there. */
    NO_LOOK_AT_DOOR,
    /** A publisher takes a file that it could make young for one that is there. */
    NO_LOOK_AFTER_TOUCH
}
