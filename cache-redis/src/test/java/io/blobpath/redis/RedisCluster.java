package io.blobpath.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes a cluster of servers, and moves slots within it. */
final class RedisCluster {
    private static final int SLOTS = 16_384;

    private RedisCluster() {}

    /** Starts the masters first, each with its part of the slots, then the replicas of the first ones of them. */
    static List<RedisServer> start(int masters, int replicas, String... arguments) {
        return start(masters, masters, replicas, arguments);
    }

    /** Starts a master with all slots, and one without any. */
    static List<RedisServer> startWithEmptyMaster(String... arguments) {
        return start(1, 2, 0, arguments);
    }

    private static List<RedisServer> start(int owners, int masters, int replicas, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "15000"));
        all.addAll(Arrays.asList(arguments));
        List<RedisServer> nodes = IntStream.range(0, masters + replicas)
                .mapToObj(i -> RedisServer.start(all.toArray(String[]::new)))
                .toList();
        for (int i = 0; i < nodes.size(); i++) {
            try (Resp node = nodes.get(i).connect()) {
                node.call("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
                if (i < owners) {
                    node.call(slots(i, owners));
                }
                node.call("CLUSTER", "MEET", "127.0.0.1", nodes.get(0).port());
            }
        }
        await(nodes, "cluster_known_nodes:" + nodes.size());
        for (int i = masters; i < nodes.size(); i++) {
            String master = id(nodes.get(i - masters));
            RedisServer replica = nodes.get(i);
            Await.until(() -> RedisServers.ask(replica, "CLUSTER", "NODES").contains(master));
            RedisServers.ask(replica, "CLUSTER", "REPLICATE", master);
        }
        await(nodes, "cluster_state:ok");
        nodes.subList(0, replicas)
                .forEach(master -> Await.until(
                        () -> RedisServers.ask(master, "INFO", "replication").contains("connected_slaves:1")));
        return nodes;
    }

    /** Moves the slot of the key, and its keys one by one, as an operator's tool does. */
    static void move(String key, RedisServer from, RedisServer to) {
        String target = id(to);
        try (Resp source = from.connect();
                Resp destination = to.connect()) {
            long slot = source.number("CLUSTER", "KEYSLOT", key);
            destination.call("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
            source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
            List<?> keys = (List<?>) source.call("CLUSTER", "GETKEYSINSLOT", slot, 1);
            while (!keys.isEmpty()) {
                source.call("MIGRATE", "127.0.0.1", to.port(), keys.get(0), 0, 5000);
                keys = (List<?>) source.call("CLUSTER", "GETKEYSINSLOT", slot, 1);
            }
            destination.call("CLUSTER", "SETSLOT", slot, "NODE", target);
            source.call("CLUSTER", "SETSLOT", slot, "NODE", target);
        }
    }

    private static String id(RedisServer node) {
        return RedisServers.ask(node, "CLUSTER", "MYID");
    }

    private static void await(List<RedisServer> nodes, String words) {
        nodes.forEach(node ->
                Await.until(() -> RedisServers.ask(node, "CLUSTER", "INFO").contains(words)));
    }

    private static Object[] slots(int index, int masters) {
        List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(SLOTS * index / masters, SLOTS * (index + 1) / masters).forEach(words::add);
        return words.toArray();
    }
}
