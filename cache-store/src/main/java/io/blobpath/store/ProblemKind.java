package io.blobpath.store;

/** Why something was left as it is. */
public enum ProblemKind {
    /** The bytes do not match the digest that is the file's name. */
    CORRUPT(true),
    /** Something refers to a blob that is not there as a plain file. */
    MISSING(true),
    /** What refers to a blob says another size or media type than it has. */
    MISMATCH(true),
    /** A record names a file that is not there, or that cannot be the blob. */
    STALE_RECORD(true),
    /** The file is empty, and its name is not the digest of nothing. */
    EMPTY(true),
    /** Reading or asking about it failed; nothing is known about it. */
    UNREADABLE(true),
    /** Changing it failed; it is whole, and the next run tries again. */
    FAILED(true),
    /** No repository was found, so records of missing files were kept: perhaps the file system is not mounted. */
    NO_REPOSITORY(true),
    /** A repository was left as it is, because its manifests cannot be followed or others hold it for too long. */
    NOT_COLLECTED(true),
    /** Another run is at work there. */
    BUSY(false),
    /** A folder {@code blobs} without an {@code oci-layout} beside it. */
    NOT_A_LAYOUT(false),
    /** The name is not a digest of a registered algorithm, or the path is no valid {@code BlobPath}. */
    NOT_A_BLOB(false),
    /** A symbolic link, which is never followed. */
    SYMBOLIC_LINK(false),
    /** A folder, device, socket or pipe where a file should be. */
    NOT_REGULAR(false),
    /** The digest's algorithm cannot be computed here, so that the content cannot be trusted. */
    NOT_VERIFIABLE(false),
    /** The file changed while it was read, or before it could be replaced. */
    CHANGED(false),
    /** The file has the set-user, set-group or sticky bit. */
    SPECIAL_MODE(false),
    /** Another user or group owns it than the other copies. */
    OTHER_OWNER(false),
    /** It has other permissions than the other copies. */
    OTHER_MODE(false),
    /** It is on another file system. */
    OTHER_FILE_SYSTEM(false),
    /** The other copy has as many links as the file system allows; this one stays a file of its own. */
    TOO_MANY_LINKS(false);

    private final boolean error;

    ProblemKind(boolean error) {
        this.error = error;
    }

    /** Whether an operator should act; otherwise it is a skip by rule. */
    public boolean isError() {
        return error;
    }
}
