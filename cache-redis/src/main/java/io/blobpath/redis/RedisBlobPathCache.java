package io.blobpath.redis;

import static io.blobpath.redis.RedisRecords.CANONICAL;
import static io.blobpath.redis.RedisRecords.DUPLICATE;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Finding;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.PathSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;

/** The driver: each operation on one digest is one command or one script, and one round trip. */
final class RedisBlobPathCache implements CacheDriver {
    private static final RedisCommand<List<Object>> ZMSCORE =
            new RedisCommand<>("ZMSCORE", new ObjectListReplayDecoder<>());

    private final RedisOptions options;
    private final RedisCalls calls;
    private final RedisKeys keys;
    private final RedisStamps stamps;
    private final int lost;
    private final RedisBulk bulk;
    private final RedisScan scan;
    private final Optional<LeaseDriver> leases;

    RedisBlobPathCache(RedisOptions options, RedisCalls calls, RedisKeys keys, RedisStamps stamps, int lost) {
        this.options = options;
        this.calls = calls;
        this.keys = keys;
        this.stamps = stamps;
        this.lost = lost;
        this.bulk = new RedisBulk(calls, keys, stamps);
        this.scan = new RedisScan(calls, keys, stamps);
        this.leases = Optional.of(new RedisLeases(calls, keys, stamps, new RedisHints(calls, keys.topic())));
    }

    /** Reads the first member that is not before the canonical one: that itself, another digest's, or the stamp. */
    @Override
    public Optional<BlobPath> canonical(Digest digest) {
        int bucket = RedisKeys.bucket(digest);
        List<byte[]> found = calls.read(
                RedisCommands.ZRANGEBYLEX,
                keys.records(bucket),
                RedisRecords.from(digest, CANONICAL),
                "+",
                "LIMIT",
                0,
                1);
        if (found.isEmpty()) {
            throw RedisErrors.lost();
        }
        byte[] member = found.get(0);
        if (RedisRecords.is(member, digest, CANONICAL)) {
            return Optional.of(RedisRecords.path(digest, member));
        }
        if (RedisRecords.is(member, digest, DUPLICATE)) {
            throw RedisRecords.foreign(null);
        }
        if (member.length > 0 && member[0] == RedisRecords.STAMP && !stamps.matches(bucket, member)) {
            throw RedisErrors.lost();
        }
        return Optional.empty();
    }

    @Override
    public boolean contains(Digest digest, BlobPath path) {
        int bucket = RedisKeys.bucket(digest);
        List<byte[]> scores = calls.read(
                ZMSCORE,
                keys.records(bucket),
                RedisRecords.member(digest, CANONICAL, path),
                RedisRecords.member(digest, DUPLICATE, path),
                stamps.of(bucket));
        if (Objects.isNull(scores.get(2))) {
            throw RedisErrors.lost();
        }
        return Objects.nonNull(scores.get(0)) || Objects.nonNull(scores.get(1));
    }

    @Override
    public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
        int bucket = RedisKeys.bucket(digest);
        byte[] from = after.map(path -> RedisRecords.behind(digest, path))
                .orElseGet(() -> RedisRecords.from(digest, DUPLICATE));
        RedisAnswer answer = calls.ask(
                RedisScript.PATHS,
                keys.onlyRecords(bucket),
                stamps.of(bucket),
                RedisRecords.digest(digest),
                from,
                limit);
        if (answer.is("absent")) {
            return new PathSlice(Optional.empty(), List.of());
        }
        List<BlobPath> paths = RedisRecords.paths(digest, answer.values());
        BlobPath canonical = paths.get(0);
        List<BlobPath> ascending = new ArrayList<>(paths.subList(1, paths.size()));
        if (after.isEmpty() || canonical.compareTo(after.get()) > 0) {
            ascending.add(canonical);
            ascending.sort(null);
        }
        return new PathSlice(Optional.of(canonical), ascending.subList(0, Math.min(limit, ascending.size())));
    }

    @Override
    public PutResult put(Digest digest, BlobPath path) {
        return RedisResults.put(digest, change(RedisScript.PUT, digest, path));
    }

    @Override
    public RemoveResult remove(Digest digest, BlobPath path) {
        return RedisResults.remove(digest, change(RedisScript.REMOVE, digest, path));
    }

    @Override
    public List<PutResult> putAll(List<BlobRecord> records) {
        return bulk.run(RedisScript.PUT_ALL, records, RedisResults::put);
    }

    @Override
    public List<RemoveResult> removeAll(List<BlobRecord> records) {
        return bulk.run(RedisScript.REMOVE_ALL, records, RedisResults::remove);
    }

    @Override
    public ScanPage scan(ScanRequest request) {
        return scan.page(request);
    }

    @Override
    public CacheInfo info() {
        Deadline deadline = calls.deadline();
        if (RedisStamps.find(calls, keys, deadline).stamps().size() < RedisKeys.BUCKETS) {
            throw RedisErrors.lost();
        }
        return new CacheInfo(
                "redis",
                stamps.storeId(),
                RedisStamp.SCHEMA,
                OptionalLong.of(RedisStamps.records(calls, keys, deadline)),
                Map.of(
                        "topology", options.topology().name().toLowerCase(Locale.ROOT),
                        "addresses", String.join(", ", options.addresses()),
                        "database", Integer.toString(options.database()),
                        "prefix", options.prefix()));
    }

    @Override
    public List<Finding> findings() {
        return RedisFitness.look(options, lost, calls, calls.deadline());
    }

    @Override
    public Optional<LeaseDriver> leases() {
        return leases;
    }

    @Override
    public void close() {
        calls.close();
    }

    private RedisAnswer change(RedisScript script, Digest digest, BlobPath path) {
        int bucket = RedisKeys.bucket(digest);
        return calls.change(
                script, keys.onlyRecords(bucket), stamps.of(bucket), RedisRecords.digest(digest), path.utf8());
    }
}
