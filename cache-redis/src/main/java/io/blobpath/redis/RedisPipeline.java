package io.blobpath.redis;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheUnavailableException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchResult;
import org.redisson.api.RFuture;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Many commands that travel together: those for one master in their order, in one round trip; masters side by side and apart,
 * so that the failure of one says nothing about the commands of another.
 *
 * <p>Scripts are loaded at the head of each batch, so that a server that was restarted knows them.
 */
final class RedisPipeline {
    private static final RedisCommand<List<Object>> EVALSHA =
            new RedisCommand<>("EVALSHA", new ObjectListReplayDecoder<>());

    private final RedisCalls calls;
    private final CommandAsyncExecutor executor;
    private final RedisDoubts doubts;
    private final BatchOptions options;
    private final int replicas;
    private final List<Eval> evals = new ArrayList<>();
    private final List<CompletableFuture<?>> answers = new ArrayList<>();
    private final Map<Optional<MasterSlaveEntry>, Node> nodes = new LinkedHashMap<>();

    private record Node(CommandBatchService batch, Map<RedisScript, RFuture<String>> loads) {
        void load(RedisScript script, MasterSlaveEntry master) {
            loads.computeIfAbsent(
                    script,
                    key -> batch.writeAsync(master, StringCodec.INSTANCE, RedisCommands.SCRIPT_LOAD, key.text()));
        }
    }

    /** A script that was sent with the others, and the answer, which it may get another way. */
    private record Eval(
            RedisScript script,
            List<String> keys,
            List<Object> arguments,
            CompletableFuture<List<byte[]>> sent,
            CompletableFuture<List<byte[]>> answer) {}

    RedisPipeline(
            RedisCalls calls, CommandAsyncExecutor executor, RedisDoubts doubts, BatchOptions options, int replicas) {
        this.calls = calls;
        this.executor = executor;
        this.doubts = doubts;
        this.options = options;
        this.replicas = replicas;
    }

    /** A plain command on one key. */
    <R> CompletableFuture<R> read(RedisCommand<?> command, String key, Object... arguments) {
        Object[] all = RedisCalls.join(key, arguments);
        RFuture<R> sent = node(master(key)).batch().readAsync(key, ByteArrayCodec.INSTANCE, command, all);
        CompletableFuture<R> answer = sent.toCompletableFuture();
        answers.add(answer);
        return answer;
    }

    /** A script on the keys of one bucket. */
    CompletableFuture<List<byte[]>> eval(RedisScript script, List<String> keys, Object... arguments) {
        Optional<MasterSlaveEntry> master = master(keys.get(0));
        Node node = node(master);
        master.ifPresent(entry -> node.load(script, entry));
        RFuture<List<byte[]>> sent = node.batch()
                .evalWriteAsync(
                        keys.get(0), ByteArrayCodec.INSTANCE, EVALSHA, script.sha1(), List.copyOf(keys), arguments);
        CompletableFuture<List<byte[]>> answer = new CompletableFuture<>();
        evals.add(new Eval(script, keys, List.of(arguments), sent.toCompletableFuture(), answer));
        answers.add(answer);
        return answer;
    }

    /**
     * Sends all and waits until each was answered or has failed.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if anything failed; the answers that came are there nevertheless
     */
    void run(Deadline deadline) {
        evals.forEach(eval -> calls.settle(eval.keys().get(0), deadline));
        List<CompletableFuture<BatchResult<?>>> running = new ArrayList<>();
        nodes.values().forEach(node -> running.add(node.batch().executeAsync().toCompletableFuture()));
        try {
            calls.await(
                    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                            .handle((result, failure) -> running),
                    deadline);
        } finally {
            evals.forEach(eval -> doubts.add(eval.keys().get(0), eval.sent()));
            evals.stream().filter(eval -> eval.sent().isDone()).forEach(eval -> answer(eval, deadline));
        }
        // A batch can succeed although one of its commands has failed, so each is asked.
        calls.await(CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)), deadline);
        if (replicas > 0) {
            running.forEach(
                    batch -> requireReplicas(calls.await(batch, deadline).getSyncedSlaves()));
        }
    }

    private void requireReplicas(int confirmed) {
        if (confirmed < replicas) {
            throw new CacheUnavailableException("applied on the master, but only " + confirmed + " of " + replicas
                    + " replicas confirmed it in time");
        }
    }

    /**
     * While a slot moves, a batch may come to a master that does not know the script yet, or that this client does not know yet.
     * What certainly was not run for that reason is sent alone, which waits for both; unless replicas have to confirm it.
     */
    private void answer(Eval eval, Deadline deadline) {
        try {
            eval.answer().complete(eval.sent().join());
        } catch (CompletionException e) {
            if (replicas > 0 || !wasNotRun(e.getCause())) {
                eval.answer().completeExceptionally(e);
                return;
            }
            try {
                eval.answer()
                        .complete(calls.evalOnce(
                                eval.script(),
                                eval.keys(),
                                deadline,
                                eval.arguments().toArray()));
            } catch (BlobPathCacheException failure) {
                eval.answer().completeExceptionally(failure);
            }
        }
    }

    private static boolean wasNotRun(@Nullable Throwable failure) {
        return failure instanceof RedisNoScriptException || failure instanceof RedisNodeNotFoundException;
    }

    private Node node(Optional<MasterSlaveEntry> master) {
        return nodes.computeIfAbsent(
                master, key -> new Node(new CommandBatchService(executor, options), new EnumMap<>(RedisScript.class)));
    }

    private Optional<MasterSlaveEntry> master(String key) {
        ConnectionManager connections = executor.getConnectionManager();
        return Optional.ofNullable(connections.getWriteEntry(connections.calcSlot(key)));
    }
}
