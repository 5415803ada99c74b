package io.blobpath.redis;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lists the leases that are held, bucket by bucket, and within each by name. */
record RedisLeaseList(RedisCalls calls, RedisKeys keys, RedisStamps stamps) {
    private static final int AHEAD = 128;
    private static final int FIELDS = 4;

    LeasePage page(Optional<String> token, int limit) {
        Deadline deadline = calls.deadline();
        Optional<LeaseName> last = token.map(LeaseName::ofKey);
        List<LeaseState> page = new ArrayList<>();
        int from = last.map(RedisKeys::bucket).orElse(0);
        for (int bucket = from; bucket < RedisKeys.BUCKETS; bucket += AHEAD) {
            int end = Math.min(bucket + AHEAD, RedisKeys.BUCKETS);
            page.addAll(read(bucket, end, bucket == from ? last : Optional.empty(), limit + 1, deadline));
            if (page.size() > limit) {
                return new LeasePage(
                        page.subList(0, limit),
                        Optional.of(page.get(limit - 1).name().key()));
            }
        }
        return new LeasePage(page, Optional.empty());
    }

    private List<LeaseState> read(int from, int end, Optional<LeaseName> last, int limit, Deadline deadline) {
        RedisPipeline pipeline = calls.questions();
        List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>();
        for (int bucket = from; bucket < end; bucket++) {
            String behind = bucket == from ? last.map(LeaseName::key).orElse("") : "";
            answers.add(pipeline.eval(RedisScript.LIST, keys.all(bucket), stamps.of(bucket), behind, limit));
        }
        pipeline.run(deadline);
        List<LeaseState> leases = new ArrayList<>();
        for (CompletableFuture<List<byte[]>> bytes : answers) {
            RedisAnswer answer = RedisAnswer.of(bytes.join());
            for (int i = 0; i < answer.values().size(); i += FIELDS) {
                LeaseName name = LeaseName.ofKey(new String(answer.value(i), StandardCharsets.UTF_8));
                leases.add(RedisLeaseRecord.state(name, answer.value(i + 1), answer.text(i + 2), answer.text(i + 3)));
            }
        }
        return leases;
    }
}
