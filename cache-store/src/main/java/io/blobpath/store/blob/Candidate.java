package io.blobpath.store.blob;

import io.blobpath.cache.Digest;

/** A blob that nothing referred to, and that was old, when it was looked at. */
record Candidate(Digest digest, long size) {}
