package io.blobpath.redis;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Goes through the buckets in order, and within each through the digests in byte order. So a digest that is there throughout is
 * met exactly once, on one server or many, which {@code SCAN} does not promise.
 *
 * <p>Several buckets are read ahead at once; the fewer digests a bucket has, the more.
 */
record RedisScan(RedisCalls calls, RedisKeys keys, RedisStamps stamps) {
    private static final int MOST_AHEAD = 256;
    private static final int MOST_DIGESTS_AT_ONCE = 500;
    private static final int MOST_RECORDS_AT_ONCE = 10_000;

    ScanPage page(ScanRequest request) {
        Deadline deadline = calls.deadline();
        ScanPosition position = request.token().map(ScanPosition::parse).orElse(ScanPosition.START);
        List<BlobEntry> entries = new ArrayList<>();
        int ahead = 1;
        while (!position.atEnd() && entries.size() < request.limit()) {
            int before = entries.size();
            position = readAhead(position, ahead, request, entries, deadline);
            int room = request.limit() - entries.size();
            ahead = (entries.size() - before) * 2 <= room ? Math.min(ahead * 2, MOST_AHEAD) : Math.max(ahead / 2, 1);
        }
        return new ScanPage(entries, position.atEnd() ? Optional.empty() : Optional.of(position.token()));
    }

    private ScanPosition readAhead(
            ScanPosition from, int buckets, ScanRequest request, List<BlobEntry> entries, Deadline deadline) {
        RedisPipeline pipeline = calls.questions();
        List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>();
        int limit = Math.min(request.limit() - entries.size(), MOST_DIGESTS_AT_ONCE);
        ScanPosition next = from;
        for (int i = 0; i < buckets && !next.atEnd(); i++) {
            answers.add(pipeline.eval(
                    RedisScript.SCAN,
                    keys.onlyRecords(next.bucket()),
                    stamps.of(next.bucket()),
                    next.lowerBound(),
                    limit,
                    request.duplicates(),
                    MOST_RECORDS_AT_ONCE));
            next = next.nextBucket();
        }
        pipeline.run(deadline);
        ScanPosition position = from;
        for (CompletableFuture<List<byte[]>> bytes : answers) {
            RedisAnswer answer = RedisAnswer.of(bytes.join());
            for (BlobEntry entry : entries(answer.values(), request.duplicates())) {
                if (entries.size() == request.limit()) {
                    return position;
                }
                entries.add(entry);
                position = position.behind(entry.digest());
            }
            if (answer.is("more")) {
                return position;
            }
            position = position.nextBucket();
        }
        return position;
    }

    /** Each canonical record begins the next entry. */
    private static List<BlobEntry> entries(List<byte[]> members, int duplicates) {
        List<BlobEntry> entries = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= members.size(); i++) {
            if (i == members.size() || isCanonical(members.get(i))) {
                RedisRecords.entry(members.subList(start, i), duplicates).ifPresent(entries::add);
                start = i;
            }
        }
        return entries;
    }

    private static boolean isCanonical(byte[] member) {
        Digest digest = RedisRecords.digest(member);
        return RedisRecords.is(member, digest, RedisRecords.CANONICAL);
    }
}
