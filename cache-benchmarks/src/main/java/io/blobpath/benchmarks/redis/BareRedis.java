package io.blobpath.benchmarks.redis;

import io.blobpath.benchmarks.peer.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RLock;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson as anybody would use it, with pools as small as the driver's: single calls, and what registries build from them. */
final class BareRedis implements AutoCloseable {
    private static final String UNLOCK =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
    private static final Duration LEASE = Duration.ofSeconds(30);
    /** Behind a byte of 255. */
    static final String STAMP_TEXT = "stamp of a bucket, as long as ours";

    private static final byte[] STAMP = ("\u00ff" + STAMP_TEXT).getBytes(StandardCharsets.ISO_8859_1);

    private final RedissonClient client;
    private final RScript scripts;
    private final String put;
    private final String unlock;

    BareRedis(String address) throws IOException {
        Config config = new Config().setThreads(2).setNettyThreads(2).setCodec(ByteArrayCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + address)
                .setConnectionPoolSize(4)
                .setConnectionMinimumIdleSize(1);
        client = Redisson.create(config);
        scripts = client.getScript(ByteArrayCodec.INSTANCE);
        put = scripts.scriptLoad(resource("stamp.lua") + resource("put.lua") + resource("one.lua"));
        unlock = scripts.scriptLoad(UNLOCK);
    }

    byte[] get(Row row) {
        return client.<byte[]>getBucket("bare:" + row.digest().hex(), ByteArrayCodec.INSTANCE)
                .get();
    }

    void set(Row row) {
        client.<byte[]>getBucket("bare:" + row.digest().hex(), ByteArrayCodec.INSTANCE)
                .set(row.path().utf8());
    }

    /** The driver's own script, with as many bytes. */
    Object put(Row row) {
        return scripts.evalSha(
                RScript.Mode.READ_WRITE, put, RScript.ReturnType.LIST, List.of(bucket(row)), arguments(row));
    }

    /** As many of these in one batch. */
    @SuppressWarnings("FutureReturnValueIgnored") // The batch answers for its parts.
    Object putAll(List<Row> rows) {
        RBatch batch = client.createBatch(BatchOptions.defaults());
        for (Row row : rows) {
            batch.getScript(ByteArrayCodec.INSTANCE)
                    .evalShaAsync(
                            RScript.Mode.READ_WRITE,
                            put,
                            RScript.ReturnType.LIST,
                            List.of(bucket(row)),
                            arguments(row));
        }
        return batch.execute();
    }

    /** The bucket of the row, made ready for the script. */
    void open(Row row) {
        client.getScoredSortedSet(bucket(row), ByteArrayCodec.INSTANCE).add(0, STAMP);
    }

    /** Makes these buckets ready for the script, with nothing in them. */
    @SuppressWarnings("FutureReturnValueIgnored") // The batch answers for its parts.
    void reset(Collection<String> buckets) {
        RBatch batch = client.createBatch(BatchOptions.defaults());
        for (String bucket : buckets) {
            batch.getKeys().deleteAsync(bucket);
            batch.getScoredSortedSet(bucket, ByteArrayCodec.INSTANCE).addAsync(0, STAMP);
        }
        batch.execute();
    }

    /** What public registries do: a lock for the digest, a look, a transaction, the end of the lock. */
    @SuppressWarnings("FutureReturnValueIgnored") // The batch answers for its parts.
    Object registryPut(Row row) {
        String digest = row.digest().hex();
        RLock lock = client.getLock("lock:" + digest);
        lock.lock();
        try {
            boolean known = client.getMap("canonical", StringCodec.INSTANCE).containsKey(digest);
            RBatch transaction = client.createBatch(
                    BatchOptions.defaults().executionMode(BatchOptions.ExecutionMode.REDIS_WRITE_ATOMIC));
            String path = row.path().toString();
            if (!known) {
                transaction.getMap("canonical", StringCodec.INSTANCE).fastPutAsync(digest, path);
            }
            transaction.getSet("paths:" + digest, StringCodec.INSTANCE).addAsync(path);
            return transaction.execute();
        } finally {
            lock.unlock();
        }
    }

    /** {@code SET NX PX}, then compare and delete. */
    boolean lockAndUnlock(String name) {
        String owner = UUID.randomUUID().toString();
        boolean taken = client.getBucket(name, StringCodec.INSTANCE).setIfAbsent(owner, LEASE);
        client.getScript(StringCodec.INSTANCE)
                .evalSha(RScript.Mode.READ_WRITE, unlock, RScript.ReturnType.LONG, List.of(name), owner);
        return taken;
    }

    /** Redisson's lock, waited for if need be; closing it unlocks, in the same thread. */
    AutoCloseable lock(String name) {
        RLock lock = client.getLock(name);
        lock.lock(LEASE.toSeconds(), TimeUnit.SECONDS);
        return lock::unlock;
    }

    @Override
    public void close() {
        client.shutdown();
    }

    /** The name of the driver's own script for a put. */
    String script() {
        return put;
    }

    static String bucket(Row row) {
        return "{bare:" + row.digest().hex().substring(0, 3) + "}";
    }

    private static Object[] arguments(Row row) {
        byte[] digest = new byte[row.digest().algorithm().length() + 1];
        digest[0] = row.digest().algorithm().code();
        row.digest().copyTo(digest, 1);
        return new Object[] {STAMP, digest, row.path().utf8()};
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = BareRedis.class.getResourceAsStream("/io/blobpath/redis/" + name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
