package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The head item of a digest.
 *
 * @param canonical the canonical path, which has no item of its own
 * @param duplicates how many items there are for the other paths
 * @param version random, and new with every change of the entry: two reads that see the same one enclose no change
 */
record Head(BlobPath canonical, long duplicates, String version) {
    /** The head, or empty if there is no item. */
    static Optional<Head> of(Map<String, AttributeValue> item) {
        if (item.isEmpty()) {
            return Optional.empty();
        }
        AttributeValue canonical = item.get(DynamoDbKeys.CANONICAL);
        AttributeValue duplicates = item.get(DynamoDbKeys.DUPLICATES);
        AttributeValue version = item.get(DynamoDbKeys.VERSION);
        if (canonical == null || duplicates == null || version == null) {
            throw new CacheCorruptedException(
                    "the head item of the digest lacks an attribute; restore the table or remove"
                            + " the items of the digest and record its paths again");
        }
        return Optional.of(new Head(path(canonical.s()), Long.parseLong(duplicates.n()), version.s()));
    }

    /** A head of which only the canonical path is believed to be known: good for changes that do not pin the version. */
    static Head guessed(BlobPath canonical) {
        return new Head(canonical, 0, "");
    }

    /** The path in an attribute or key. */
    static BlobPath path(String text) {
        try {
            return BlobPath.of(text);
        } catch (IllegalArgumentException e) {
            throw new CacheCorruptedException("an item of the digest holds no valid path", e);
        }
    }
}
