package io.blobpath.store.blob;

import io.blobpath.cache.Digest;

/**
 * A manifest that a repository has.
 *
 * @param digest which
 * @param mediaType what the index says that it is
 * @param content its bytes, which match the digest
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for a reply; nobody compares manifests by this record.
public record Manifest(Digest digest, String mediaType, byte[] content) {}
