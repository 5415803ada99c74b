package io.blobpath.redis;

import io.blobpath.cache.CacheMismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;

/**
 * The stamps of all buckets, as they were when this handle opened the store. Each bucket has its own, so that whatever is lost
 * takes the stamp with it.
 *
 * @param storeId the store that all stamps name
 * @param members the stamp of each bucket
 */
record RedisStamps(String storeId, List<byte[]> members) {
    /**
     * What lies in the buckets before they are opened.
     *
     * @param stamps the stamp of each bucket that has one
     * @param lost how many buckets are gone while others have records; a store that is being made has none yet
     */
    record Found(Map<Integer, byte[]> stamps, int lost) {}

    byte[] of(int bucket) {
        return members.get(bucket);
    }

    /** Whether the bucket still has the stamp that was there at open. */
    boolean matches(int bucket, byte[] member) {
        return Arrays.equals(members.get(bucket), member);
    }

    /** Looks for the stamps of all buckets. */
    static Found find(RedisCalls calls, RedisKeys keys, Deadline deadline) {
        byte[] from = {'[', RedisRecords.STAMP};
        List<List<byte[]>> stamps = each(calls, keys, deadline, RedisCommands.ZRANGEBYLEX, from, "+", "LIMIT", 0, 1);
        Map<Integer, byte[]> found = new TreeMap<>();
        for (int bucket = 0; bucket < RedisKeys.BUCKETS; bucket++) {
            int at = bucket;
            stamps.get(bucket).stream().findFirst().ifPresent(stamp -> found.put(at, stamp));
        }
        int missing = RedisKeys.BUCKETS - found.size();
        boolean some = missing > 0 && missing < RedisKeys.BUCKETS;
        return new Found(found, some && members(calls, keys, deadline) > found.size() ? missing : 0);
    }

    /** How many records all buckets have. */
    static long records(RedisCalls calls, RedisKeys keys, Deadline deadline) {
        return members(calls, keys, deadline) - RedisKeys.BUCKETS;
    }

    private static long members(RedisCalls calls, RedisKeys keys, Deadline deadline) {
        List<Long> members = each(calls, keys, deadline, RedisCommands.ZCARD);
        return members.stream().mapToLong(Long::longValue).sum();
    }

    private static <R> List<R> each(
            RedisCalls calls, RedisKeys keys, Deadline deadline, RedisCommand<?> command, Object... arguments) {
        RedisPipeline pipeline = calls.questions();
        List<CompletableFuture<R>> answers = new ArrayList<>(RedisKeys.BUCKETS);
        for (int bucket = 0; bucket < RedisKeys.BUCKETS; bucket++) {
            answers.add(pipeline.read(command, keys.records(bucket), arguments));
        }
        pipeline.run(deadline);
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /**
     * Writes a stamp into each bucket that has none.
     *
     * @throws CacheMismatchException if the store is another one than expected, or its schema is newer (L7, L8)
     */
    static RedisStamps open(
            Found found, Optional<String> expected, RedisCalls calls, RedisKeys keys, Deadline deadline) {
        Map<Integer, byte[]> stamps = new TreeMap<>(found.stamps());
        String wanted = expected.or(() -> stamps.values().stream()
                        .findFirst()
                        .map(stamp -> RedisStamp.parse(stamp).storeId()))
                .orElseGet(() -> UUID.randomUUID().toString());
        check(stamps, wanted);
        if (!stamps.containsKey(0)) {
            // The first bucket decides between two that make the store at once.
            stamps.putAll(make(List.of(0), wanted, calls, keys, deadline));
        }
        String storeId = expected.orElseGet(
                () -> RedisStamp.parse(stamps.values().iterator().next()).storeId());
        check(stamps, storeId);
        List<Integer> missing = IntStream.range(0, RedisKeys.BUCKETS)
                .filter(bucket -> !stamps.containsKey(bucket))
                .boxed()
                .toList();
        stamps.putAll(make(missing, storeId, calls, keys, deadline));
        check(stamps, storeId);
        return new RedisStamps(storeId, List.copyOf(stamps.values()));
    }

    private static Map<Integer, byte[]> make(
            List<Integer> buckets, String storeId, RedisCalls calls, RedisKeys keys, Deadline deadline) {
        String incarnation =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        byte[] stamp = new RedisStamp(RedisStamp.SCHEMA, incarnation, storeId).member();
        RedisPipeline pipeline = calls.changes();
        Map<Integer, CompletableFuture<List<byte[]>>> answers = new TreeMap<>();
        for (int bucket : buckets) {
            answers.put(bucket, pipeline.eval(RedisScript.OPEN, List.of(keys.records(bucket)), stamp));
        }
        pipeline.run(deadline);
        Map<Integer, byte[]> made = new TreeMap<>();
        answers.forEach((bucket, answer) ->
                made.put(bucket, RedisAnswer.of(answer.join()).value(0)));
        return made;
    }

    private static void check(Map<Integer, byte[]> stamps, String storeId) {
        for (byte[] member : stamps.values()) {
            String there = RedisStamp.parse(member).storeId();
            if (!there.equals(storeId)) {
                throw new CacheMismatchException("the namespace belongs to store '" + there + "', not to '" + storeId
                        + "'; correct storeId, or choose another prefix or database");
            }
        }
    }
}
