package io.blobpath.redis;

import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchResult;
import org.redisson.api.RFuture;
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
 * so that the failure of one says nothing about the commands of another. Nothing is sent twice.
 *
 * <p>Scripts are loaded at the head of each batch, so that a server that was restarted knows them.
 */
final class RedisPipeline {
    private static final RedisCommand<List<Object>> EVALSHA =
            new RedisCommand<>("EVALSHA", new ObjectListReplayDecoder<>());

    private final RedisCalls calls;
    private final CommandAsyncExecutor executor;
    private final RedisDoubts doubts;
    private final int replicas;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Optional<MasterSlaveEntry>, Node> nodes = new LinkedHashMap<>();

    private record Node(CommandBatchService batch, Map<RedisScript, RFuture<String>> loads) {
        void load(RedisScript script, MasterSlaveEntry master) {
            loads.computeIfAbsent(
                    script,
                    key -> batch.writeAsync(master, StringCodec.INSTANCE, RedisCommands.SCRIPT_LOAD, key.text()));
        }
    }

    private record Change(String key, CompletableFuture<List<byte[]>> answer) {}

    RedisPipeline(RedisCalls calls, CommandAsyncExecutor executor, RedisDoubts doubts, int replicas) {
        this.calls = calls;
        this.executor = executor;
        this.doubts = doubts;
        this.replicas = replicas;
    }

    /** A plain command on one key. */
    <R> CompletableFuture<R> read(RedisCommand<?> command, String key, Object... arguments) {
        Object[] all = RedisCalls.join(key, arguments);
        RFuture<R> answer = node(master(key)).batch().readAsync(key, ByteArrayCodec.INSTANCE, command, all);
        return answer.toCompletableFuture();
    }

    /** A script on the keys of one bucket. */
    CompletableFuture<List<byte[]>> eval(RedisScript script, List<String> keys, Object... arguments) {
        Optional<MasterSlaveEntry> master = master(keys.get(0));
        Node node = node(master);
        master.ifPresent(entry -> node.load(script, entry));
        RFuture<List<byte[]>> answer = node.batch()
                .evalWriteAsync(
                        keys.get(0), ByteArrayCodec.INSTANCE, EVALSHA, script.sha1(), List.copyOf(keys), arguments);
        changes.add(new Change(keys.get(0), answer.toCompletableFuture()));
        return answer.toCompletableFuture();
    }

    /**
     * Sends all and waits until each master has answered or failed.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if anything failed; the answers that came are there nevertheless
     */
    void run(Deadline deadline) {
        changes.forEach(change -> calls.settle(change.key(), deadline));
        List<CompletableFuture<BatchResult<?>>> running = new ArrayList<>();
        nodes.values().forEach(node -> running.add(node.batch().executeAsync().toCompletableFuture()));
        try {
            calls.await(CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)), deadline);
        } finally {
            changes.forEach(change -> doubts.add(change.key(), change.answer()));
        }
        for (CompletableFuture<BatchResult<?>> node : running) {
            int synced = node.join().getSyncedSlaves();
            if (synced < replicas) {
                throw new CacheUnavailableException("applied on the master, but only " + synced + " of " + replicas
                        + " replicas confirmed it in time");
            }
        }
    }

    private Node node(Optional<MasterSlaveEntry> master) {
        return nodes.computeIfAbsent(
                master,
                key -> new Node(new CommandBatchService(executor, options()), new EnumMap<>(RedisScript.class)));
    }

    private Optional<MasterSlaveEntry> master(String key) {
        ConnectionManager connections = executor.getConnectionManager();
        return Optional.ofNullable(connections.getWriteEntry(connections.calcSlot(key)));
    }

    private BatchOptions options() {
        BatchOptions options = BatchOptions.defaults().retryAttempts(0);
        return replicas > 0 ? options.sync(replicas, Duration.ofSeconds(1)) : options;
    }
}
