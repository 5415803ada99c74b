package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Names of attributes and keys of items, of one namespace.
 *
 * <p>The sort key of a duplicate is its path and nothing else: DynamoDB orders strings by their UTF-8 bytes, which is the order
 * of the rules, and takes 1,024 bytes, which is the longest path. The sort key of the head is a control character, which no
 * path contains and which comes before all of them.
 */
final class DynamoDbKeys {
    static final String PARTITION = "pk";
    static final String SORT = "sk";
    static final String CANONICAL = "canonical";
    static final String DUPLICATES = "duplicates";
    static final String VERSION = "version";
    static final String TTL = "ttl";
    static final String HEAD = "\u0001";

    private static final char SEPARATOR = '#';
    private static final AttributeValue NONE = text("");

    private final String prefix;

    DynamoDbKeys(String namespace) {
        this.prefix = namespace + SEPARATOR;
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(PARTITION, text(partition), SORT, text(sort));
    }

    /** The partition key of an item or a key. */
    static String partition(Map<String, AttributeValue> item) {
        return item.getOrDefault(PARTITION, NONE).s();
    }

    /** The sort key of an item or a key. */
    static String sort(Map<String, AttributeValue> item) {
        return item.getOrDefault(SORT, NONE).s();
    }

    /** What the partition keys of this namespace start with, and those of no other one. */
    String prefix() {
        return prefix;
    }

    String partition(Digest digest) {
        return prefix + digest;
    }

    Map<String, AttributeValue> head(Digest digest) {
        return key(partition(digest), HEAD);
    }

    Map<String, AttributeValue> duplicate(Digest digest, BlobPath path) {
        return key(partition(digest), path.toString());
    }

    Map<String, AttributeValue> stamp() {
        return key(prefix, "stamp");
    }

    /** The partition key of a bucket of leases. No digest starts like it. */
    String leases(int bucket) {
        return prefix + "lease" + SEPARATOR + bucket;
    }

    /** The digest of a head that a scan found. */
    Digest digest(Map<String, AttributeValue> item) {
        String partition = partition(item);
        try {
            return Digest.parse(partition.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            throw new CacheCorruptedException("the item with pk '" + partition + "' has no digest in its key", e);
        }
    }
}
