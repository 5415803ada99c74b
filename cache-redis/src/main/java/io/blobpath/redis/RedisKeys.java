package io.blobpath.redis;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The names of the keys. A digest belongs to one of 1,024 buckets by its first bits, and all keys of a bucket have one hash tag:
 * so a script finds everything about a digest on one node of a cluster, with every key declared.
 */
final class RedisKeys {
    static final int BUCKETS = 1024;

    private final List<List<String>> byBucket;
    private final String topic;

    RedisKeys(String prefix) {
        byBucket = IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> String.format("{%s:%03x}", prefix, bucket))
                .map(tag -> List.of(tag, tag + ":leases", tag + ":ends"))
                .toList();
        topic = prefix + ":released";
    }

    static int bucket(Digest digest) {
        byte[] bytes = digest.bytes();
        return ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) >>> 6;
    }

    static int bucket(LeaseName name) {
        return name.digest().map(RedisKeys::bucket).orElseGet(() -> {
            CRC32 hash = new CRC32();
            hash.update(name.key().getBytes(StandardCharsets.UTF_8));
            return (int) (hash.getValue() % BUCKETS);
        });
    }

    /** The sorted set with the records and the stamp. */
    String records(int bucket) {
        return byBucket.get(bucket).get(0);
    }

    /** The same, as the keys of a script. */
    List<String> onlyRecords(int bucket) {
        return byBucket.get(bucket).subList(0, 1);
    }

    /** The sorted set with the records; the hash with the leases; the sorted set with the times when they end. */
    List<String> all(int bucket) {
        return byBucket.get(bucket);
    }

    /** The channel on which released leases are told. */
    String topic() {
        return topic;
    }
}
