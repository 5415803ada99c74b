package io.blobpath.store.model;

/** What an actor does next. Each is one call of the file system or of the cache, and atomic. */
enum Step {
    /** Publisher: upload or mount the blob at hand, or open the one that is there. */
    BRING,
    /** Publisher: make the opened file young. */
    TOUCH,
    /** Publisher: look whether the name still has the file that was made young. */
    LOOK,
    /** Reads the index before it has the lease; only the flawed protocol does. */
    READ_EARLY,
    /** Ask the cache for the lease of the repository. */
    GRANT,
    /** Make the own door. */
    DOOR,
    /** Ask the cache again. */
    CONFIRM,
    /** List the doors of others. */
    LIST,
    /** Remove one of those listed. */
    DROP,
    /** Read the index. */
    READ,
    /** Publisher: look whether the blob at hand is there. */
    CHECK,
    /** Publisher: it is not; look for it where sweepers put aside. */
    SEARCH,
    /** Publisher: link what was found aside back under its name. */
    TAKE,
    /** Publisher: it is not there either; look a last time. */
    CHECK_AGAIN,
    /** Publisher: it is missing, if the own door is still there. */
    CONCLUDE,
    /** Rename the new index over the old one, through the door. */
    WRITE,
    /** Collector: look for the next thing to do. */
    SWEEP,
    /** Collector: rename the blob at hand aside, through the door. */
    ASIDE,
    /** Collector: look how old the file put aside is. */
    WEIGH,
    /** Collector: link it back under its name. */
    BACK,
    /** Collector: remove the name aside. */
    FORGET,
    /** Collector that does not put aside: remove the blob at hand, through the door. */
    UNLINK,
    /** Remove the own door. */
    CLOSE,
    /** Give the lease back, if the cache still says that it is ours. */
    RELEASE,
    /** Not an actor's doing: the lease ends in the cache, by time or because the cache was wiped. */
    LOSE_LEASE,
    /** Not an actor's doing: so much time passes that every file is older than the grace period. */
    AGE,
    /** Not an actor's doing: the process dies and starts anew, with nothing remembered. */
    CRASH;

    /** The number by which a state has it. */
    @SuppressWarnings("EnumOrdinal") // States do not outlive the search.
    int code() {
        return ordinal();
    }
}
