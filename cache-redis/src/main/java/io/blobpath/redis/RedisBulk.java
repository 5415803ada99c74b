package io.blobpath.redis;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Many puts or removals, a thousand at a time on their way. Those of one digest go to one server, in order. */
record RedisBulk(RedisCalls calls, RedisKeys keys, RedisStamps stamps) {
    private static final int CHUNK = 1000;

    <R> List<R> run(RedisScript script, List<BlobRecord> records, BiFunction<Digest, RedisAnswer, R> result) {
        Deadline deadline = calls.deadline();
        List<R> results = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += CHUNK) {
            List<BlobRecord> chunk = records.subList(from, Math.min(from + CHUNK, records.size()));
            RedisPipeline pipeline = calls.changes();
            List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>(chunk.size());
            chunk.forEach(record -> answers.add(send(pipeline, script, record)));
            try {
                pipeline.run(deadline);
                for (int i = 0; i < chunk.size(); i++) {
                    RedisAnswer answer = RedisAnswer.of(answers.get(i).join());
                    results.add(result.apply(chunk.get(i).digest(), answer));
                }
            } catch (BlobPathCacheException e) {
                throw e.withApplied(applied(from, calls.waitsForReplicas() ? List.of() : answers));
            }
        }
        return results;
    }

    private CompletableFuture<List<byte[]>> send(RedisPipeline pipeline, RedisScript script, BlobRecord record) {
        int bucket = RedisKeys.bucket(record.digest());
        return pipeline.eval(
                script,
                keys.onlyRecords(bucket),
                stamps.of(bucket),
                RedisRecords.digest(record.digest()),
                record.path().utf8());
    }

    /** All before this chunk, and those of it that were answered, if an answer is all that it takes. */
    private static BitSet applied(int before, List<CompletableFuture<List<byte[]>>> answers) {
        BitSet applied = new BitSet();
        applied.set(0, before);
        for (int i = 0; i < answers.size(); i++) {
            CompletableFuture<List<byte[]>> answer = answers.get(i);
            if (answer.isDone() && !answer.isCompletedExceptionally() && !RedisAnswer.isRefusal(answer.join())) {
                applied.set(before + i);
            }
        }
        return applied;
    }
}
