package io.blobpath.redis;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Many puts or removals, some thousand at a time on their way. Those of one bucket share a script, because the call of a script
 * costs as much as what it does; they go to one server, in order.
 */
record RedisBulk(RedisCalls calls, RedisKeys keys, RedisStamps stamps) {
    private static final int CHUNK = 4000;

    /** While a script runs the server does nothing else. */
    private static final int MOST_IN_A_SCRIPT = 100;

    <R> List<R> run(RedisScript script, List<BlobRecord> records, BiFunction<Digest, RedisAnswer, R> result) {
        Deadline deadline = calls.deadline();
        List<R> results = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += CHUNK) {
            List<BlobRecord> chunk = records.subList(from, Math.min(from + CHUNK, records.size()));
            RedisPipeline pipeline = calls.changes();
            List<Part> parts = parts(chunk);
            parts.forEach(part -> part.send(pipeline, script));
            try {
                pipeline.run(deadline);
                RedisAnswer[] answers = new RedisAnswer[chunk.size()];
                parts.forEach(part -> part.read(answers));
                for (int i = 0; i < chunk.size(); i++) {
                    results.add(result.apply(chunk.get(i).digest(), answers[i]));
                }
            } catch (BlobPathCacheException e) {
                throw e.withApplied(applied(from, calls.waitsForReplicas() ? List.of() : parts));
            }
        }
        return results;
    }

    private List<Part> parts(List<BlobRecord> chunk) {
        List<Part> parts = new ArrayList<>();
        Map<Integer, Part> open = new HashMap<>();
        for (int place = 0; place < chunk.size(); place++) {
            int bucket = RedisKeys.bucket(chunk.get(place).digest());
            Part part = open.get(bucket);
            if (part == null || part.places.size() == MOST_IN_A_SCRIPT) {
                part = new Part(bucket);
                open.put(bucket, part);
                parts.add(part);
            }
            part.add(place, chunk.get(place));
        }
        return parts;
    }

    /** All before this chunk, and what was answered of it, if an answer is all that it takes. */
    private static BitSet applied(int before, List<Part> parts) {
        BitSet applied = new BitSet();
        applied.set(0, before);
        for (Part part : parts) {
            if (part.isApplied()) {
                part.places.forEach(place -> applied.set(before + place));
            }
        }
        return applied;
    }

    /** The records of one script: their places in the chunk, and what came of them. */
    private final class Part {
        private final int bucket;
        private final List<Integer> places = new ArrayList<>();
        private final List<Object> arguments = new ArrayList<>();
        private CompletableFuture<List<byte[]>> answer = new CompletableFuture<>();

        Part(int bucket) {
            this.bucket = bucket;
            arguments.add(stamps.of(bucket));
        }

        void add(int place, BlobRecord record) {
            places.add(place);
            arguments.add(RedisRecords.digest(record.digest()));
            arguments.add(record.path().utf8());
        }

        void send(RedisPipeline pipeline, RedisScript script) {
            answer = pipeline.eval(script, keys.onlyRecords(bucket), arguments.toArray());
        }

        void read(RedisAnswer[] answers) {
            List<byte[]> words = RedisAnswer.of(answer.join()).values();
            for (int i = 0; i < places.size(); i++) {
                answers[places.get(i)] = RedisAnswer.of(words.subList(2 * i, 2 * i + 2));
            }
        }

        /** The script does all or nothing, unless the server dies in it. */
        boolean isApplied() {
            return answer.isDone() && !answer.isCompletedExceptionally() && !RedisAnswer.isRefusal(answer.join());
        }
    }
}
