package io.blobpath.redis;

import io.blobpath.cache.CacheInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.client.RedisException;
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
    private final Redisson client;
    private final CommandAsyncExecutor executor;
    private final RedisErrors errors;
    private final Duration timeout;
    private final int replicas;
    private final RedisDoubts doubts = new RedisDoubts();

    private RedisCalls(Redisson client, RedisErrors errors, Duration timeout, int replicas) {
        this.client = client;
        this.executor = client.getCommandExecutor();
        this.errors = errors;
        this.timeout = timeout;
        this.replicas = replicas;
    }

    static RedisCalls connect(RedisOptions options, Duration timeout) {
        RedisErrors errors = new RedisErrors(options);
        try {
            return new RedisCalls(RedisClients.connect(options, timeout), errors, timeout, options.waitForReplicas());
        } catch (RedisException e) {
            throw errors.of(e);
        }
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
        if (replicas > 0) {
            RedisPipeline pipeline = pipeline();
            CompletableFuture<List<byte[]>> answer = pipeline.eval(script, keys, arguments);
            pipeline.run(deadline());
            return RedisAnswer.of(answer.join());
        }
        Deadline deadline = deadline();
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
            return RedisAnswer.of(await(answer.copy(), deadline));
        } finally {
            doubts.add(keys.get(0), answer);
        }
    }

    /** Many commands in one round trip to each master. */
    RedisPipeline pipeline() {
        return new RedisPipeline(this, executor, doubts, replicas);
    }

    /** Waits until no change of the key is in doubt. */
    void settle(String key, Deadline deadline) {
        doubts.of(key).ifPresent(change -> await(change.handle((answer, failure) -> key), deadline));
    }

    /** Waits for an answer; at the deadline it is given up. */
    <R> R await(CompletionStage<R> answer, Deadline deadline) {
        CompletableFuture<R> future = answer.toCompletableFuture();
        try {
            return future.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for the server", e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw errors.late(e);
        } catch (CancellationException e) {
            throw errors.late(e);
        } catch (ExecutionException e) {
            throw errors.of(e);
        }
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
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    static Object[] join(String key, Object... arguments) {
        List<Object> all = new ArrayList<>(arguments.length + 1);
        all.add(key);
        all.addAll(List.of(arguments));
        return all.toArray();
    }
}
