package io.blobpath.store.stream;

/**
 * What a fetch did.
 *
 * @param bytes how many went to the sink
 * @param outcome where they came from
 */
public record FetchResult(long bytes, Outcome outcome) {}
