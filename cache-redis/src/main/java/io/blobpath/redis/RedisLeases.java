package io.blobpath.redis;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseLostException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Leases, each in the bucket of its digest or name, so that a script sees lease and records in one step. The server keeps the
 * time.
 *
 * <p>There is no key per lease, only two per bucket (K10), and the last fence is kept per bucket (K7).
 */
record RedisLeases(RedisCalls calls, RedisKeys keys, RedisStamps stamps, RedisHints hints) implements LeaseDriver {
    private static final Polling POLLING = new Polling(Duration.ofMillis(20), Duration.ofSeconds(1));

    @Override
    public LeaseAttempt tryAcquire(LeaseClaim claim) {
        RedisAnswer answer = calls.change(
                RedisScript.ACQUIRE,
                keys.all(RedisKeys.bucket(claim.name())),
                stampOf(claim.name()),
                claim.name().digest().map(RedisRecords::digest).orElse(new byte[0]),
                LeaseAttempt.DUPLICATES,
                claim.name().key(),
                claim.owner(),
                RedisLeaseRecord.micros(claim.lease()),
                System.currentTimeMillis(),
                claim.holder(),
                claim.honourFailure() ? 1 : 0);
        return switch (answer.word()) {
            case "held" -> new LeaseAttempt.Held(state(claim.name(), answer));
            case "failed" -> new LeaseAttempt.Failed(answer.text(0));
            case "granted" ->
                new LeaseAttempt.Granted(
                        answer.number(0),
                        RedisRecords.entry(
                                answer.values().subList(1, answer.values().size()), LeaseAttempt.DUPLICATES));
            default -> throw answer.unknown();
        };
    }

    @Override
    public List<Boolean> renew(List<LeaseRenewal> renewals) {
        RedisPipeline pipeline = calls.changes();
        List<CompletableFuture<List<byte[]>>> answers = new ArrayList<>(renewals.size());
        for (LeaseRenewal renewal : renewals) {
            answers.add(pipeline.eval(
                    RedisScript.RENEW,
                    keys.all(RedisKeys.bucket(renewal.name())),
                    stampOf(renewal.name()),
                    renewal.name().key(),
                    renewal.owner(),
                    RedisLeaseRecord.micros(renewal.lease()),
                    renewal.progress()));
        }
        pipeline.run(calls.deadline());
        return answers.stream()
                .map(answer -> RedisAnswer.of(answer.join()).is("renewed"))
                .toList();
    }

    @Override
    public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
        return change(
                        RedisScript.RELEASE,
                        name,
                        owner,
                        failure.map(left -> RedisLeaseRecord.micros(left.keep()))
                                .orElse(0L),
                        failure.map(LeaseFailure::reason).orElse(""),
                        keys.topic())
                .is("released");
    }

    @Override
    public Optional<LeaseState> peek(LeaseName name) {
        RedisAnswer answer = calls.ask(RedisScript.PEEK, keys.all(RedisKeys.bucket(name)), stampOf(name), name.key());
        return answer.is("held") ? Optional.of(state(name, answer)) : Optional.empty();
    }

    @Override
    public LeasePage list(Optional<String> token, int limit) {
        return new RedisLeaseList(calls, keys, stamps).page(token, limit);
    }

    @Override
    public boolean breakLease(LeaseName name, long fence) {
        return change(RedisScript.BREAK, name, fence, keys.topic()).is("released");
    }

    @Override
    public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
        return RedisResults.put(digest, guarded(RedisScript.GUARDED_PUT, digest, owner, path));
    }

    @Override
    public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
        return RedisResults.remove(digest, guarded(RedisScript.GUARDED_REMOVE, digest, owner, path));
    }

    @Override
    public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
        return guarded(RedisScript.GUARDED_PROMOTE, digest, owner, path).is("canonical");
    }

    @Override
    public Polling polling() {
        return POLLING;
    }

    @Override
    public AutoCloseable watch(Consumer<LeaseName> listener) {
        return hints.watch(listener);
    }

    @Override
    public int shard(LeaseName name) {
        return calls.master(keys.records(RedisKeys.bucket(name)));
    }

    private RedisAnswer guarded(RedisScript script, Digest digest, OwnerToken owner, BlobPath path) {
        LeaseName name = LeaseName.of(digest);
        RedisAnswer answer = calls.change(
                script,
                keys.all(RedisKeys.bucket(digest)),
                stampOf(name),
                RedisRecords.digest(digest),
                path.utf8(),
                name.key(),
                owner);
        if (answer.is("refused")) {
            throw new LeaseLostException("the lease is not this owner's any more");
        }
        return answer;
    }

    private RedisAnswer change(RedisScript script, LeaseName name, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(stampOf(name), name.key()));
        all.addAll(List.of(arguments));
        return calls.change(script, keys.all(RedisKeys.bucket(name)), all.toArray());
    }

    private byte[] stampOf(LeaseName name) {
        return stamps.of(RedisKeys.bucket(name));
    }

    private static LeaseState state(LeaseName name, RedisAnswer answer) {
        return RedisLeaseRecord.state(name, answer.value(0), answer.text(1), answer.text(2));
    }
}
