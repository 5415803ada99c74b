package io.blobpath.store.blob;

/** Why a collection kept a blob. */
public enum KeepReason {
    /** A manifest of the repository refers to it, directly or through others, or it is one. */
    REFERENCED,
    /** It is younger than the grace period. */
    YOUNG,
    /** It was to go, and a manifest that refers to it was published before its turn. */
    REFERENCED_MEANWHILE,
    /** It was to go, and somebody uploaded it again or asked for it before its turn. */
    YOUNG_MEANWHILE
}
