package io.blobpath.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RFuture;
import org.redisson.api.options.ObjectParams;
import org.redisson.api.options.PlainOptions;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * One command, one round trip, one deadline. The only place that waits for Redisson.
 *
 * <p>What changes a record is never sent twice: it might have been applied, and the second answer would be another one. What
 * only reads, and what carries an owner's token, is sent again until the operation's time is over.
 *
 * <p>Redisson's command executor is used instead of its collections, because these know no range of bytes and no script that
 * must not be repeated.
 */
final class RedisCalls implements AutoCloseable {
    private static final long MOST_ATTEMPTS = 10_000;
    private static final Duration REPLICATION = Duration.ofSeconds(1);

    private final Redisson client;
    private final CommandAsyncExecutor executor;
    private final RedisErrors errors;
    private final Duration timeout;
    private final int attempts;
    private final int replicas;
    private final RedisDoubts doubts = new RedisDoubts();

    private RedisCalls(Redisson client, RedisErrors errors, Duration timeout, int replicas) {
        this.client = client;
        this.attempts = (int) Math.min(timeout.dividedBy(RedisClients.RETRY) + 1, MOST_ATTEMPTS);
        this.executor = client.getCommandExecutor()
                .copy((ObjectParams) PlainOptions.name("calls").retryAttempts(attempts));
        this.errors = errors;
        this.timeout = timeout;
        this.replicas = replicas;
    }

    static RedisCalls connect(RedisOptions options, Duration timeout, Deadline deadline) {
        RedisErrors errors = new RedisErrors(options);
        Redisson client = RedisConnecting.connect(options, errors, deadline);
        return new RedisCalls(client, errors, timeout, options.waitForReplicas());
    }

    /** The deadline of an operation that begins now. */
    Deadline deadline() {
        return Deadline.in(timeout);
    }

    /** A plain command on one key that answers a list, in which what is absent is null. */
    List<byte[]> read(RedisCommand<List<Object>> command, String key, Object... arguments) {
        Deadline deadline = deadline();
        settle(key, deadline);
        CompletionStage<List<byte[]>> answer =
                executor.readAsync(key, ByteArrayCodec.INSTANCE, command, join(key, arguments));
        return await(answer, deadline);
    }

    /** A script that may be repeated. */
    RedisAnswer ask(RedisScript script, List<String> keys, Object... arguments) {
        Deadline deadline = deadline();
        settle(keys.get(0), deadline);
        CompletionStage<List<byte[]>> answer = executor.evalWriteAsync(
                keys.get(0),
                ByteArrayCodec.INSTANCE,
                RedisCommands.EVAL_LIST,
                script.text(),
                List.copyOf(keys),
                arguments);
        return RedisAnswer.of(await(answer, deadline));
    }

    /** A script that changes something and must not be repeated. */
    RedisAnswer change(RedisScript script, List<String> keys, Object... arguments) {
        if (waitsForReplicas()) {
            RedisPipeline pipeline = changes();
            CompletableFuture<List<byte[]>> answer = pipeline.eval(script, keys, arguments);
            pipeline.run(deadline());
            return RedisAnswer.of(answer.join());
        }
        return RedisAnswer.of(evalOnce(script, keys, deadline(), arguments));
    }

    /** Sends a script to the master of its keys, which loads it if need be; never twice. */
    List<byte[]> evalOnce(RedisScript script, List<String> keys, Deadline deadline, Object... arguments) {
        settle(keys.get(0), deadline);
        RFuture<List<byte[]>> sent = executor.evalWriteNoRetryAsync(
                keys.get(0),
                ByteArrayCodec.INSTANCE,
                RedisCommands.EVAL_LIST,
                script.text(),
                List.copyOf(keys),
                arguments);
        CompletableFuture<List<byte[]>> answer = sent.toCompletableFuture();
        try {
            // A copy, because giving up must not cancel what may be on its way.
            return await(answer.copy(), deadline);
        } finally {
            doubts.add(keys.get(0), answer);
        }
    }

    /** Many commands in one round trip to each master, which only read and may be repeated. */
    RedisPipeline questions() {
        return new RedisPipeline(this, executor, doubts, BatchOptions.defaults().retryAttempts(attempts), 0);
    }

    /** Many commands in one round trip to each master, which change something and must not be repeated. */
    RedisPipeline changes() {
        BatchOptions once = BatchOptions.defaults().retryAttempts(0);
        return new RedisPipeline(
                this, executor, doubts, replicas == 0 ? once : once.sync(replicas, REPLICATION), replicas);
    }

    /** Whether the answer of a master is not enough. */
    boolean waitsForReplicas() {
        return replicas > 0;
    }

    /** Waits until no change of the key is in doubt. */
    void settle(String key, Deadline deadline) {
        doubts.of(key).ifPresent(change -> await(change.handle((answer, failure) -> key), deadline));
    }

    /** Waits for an answer; at the deadline it is given up. */
    <R> R await(CompletionStage<R> answer, Deadline deadline) {
        return deadline.await(answer, errors);
    }

    /** A number for the master that has the key. */
    int master(String key) {
        ConnectionManager connections = executor.getConnectionManager();
        MasterSlaveEntry master = connections.getWriteEntry(connections.calcSlot(key));
        return master == null ? -1 : master.getClient().getAddr().hashCode();
    }

    Redisson client() {
        return client;
    }

    CommandAsyncExecutor executor() {
        return executor;
    }

    @Override
    public void close() {
        RedisConnecting.close(client);
    }

    static Object[] join(String key, Object... arguments) {
        List<Object> all = new ArrayList<>(arguments.length + 1);
        all.add(key);
        all.addAll(List.of(arguments));
        return all.toArray();
    }
}
