package io.blobpath.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The servers that tests share. Each is started when the first test asks for it and stopped when the JVM ends. */
final class RedisServers {
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final String[] IN_MEMORY = {"--save", "", "--appendonly", "no"};

    private RedisServers() {}

    /** A single server. */
    static RedisServer single() {
        return Single.SERVER;
    }

    /** Three masters, each with a replica. */
    static List<RedisServer> cluster() {
        return Cluster.NODES;
    }

    /** The masters of {@link #cluster}. */
    static List<RedisServer> masters() {
        return cluster().subList(0, MASTERS);
    }

    /** The sentinels of a master with two replicas. */
    static Sentinels sentinels() {
        return Watched.SENTINELS;
    }

    record Sentinels(RedisServer master, List<RedisServer> replicas, List<RedisServer> sentinels) {
        static final String MASTER = "blobs";

        RedisOptions options() {
            return RedisOptions.sentinel(
                    MASTER, sentinels.stream().map(RedisServer::address).toList());
        }
    }

    private static final class Single {
        static final RedisServer SERVER = RedisServer.start(IN_MEMORY);
    }

    private static final class Cluster {
        static final List<RedisServer> NODES = start();

        private static List<RedisServer> start() {
            List<RedisServer> nodes = new ArrayList<>();
            for (int i = 0; i < 2 * MASTERS; i++) {
                nodes.add(RedisServer.start(
                        "--cluster-enabled",
                        "yes",
                        "--cluster-node-timeout",
                        "5000",
                        "--save",
                        "",
                        "--appendonly",
                        "no"));
            }
            for (int i = 0; i < nodes.size(); i++) {
                join(nodes, i);
            }
            nodes.forEach(node ->
                    Await.until(() -> ask(node, "CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size())));
            for (int i = MASTERS; i < nodes.size(); i++) {
                String master = ask(nodes.get(i - MASTERS), "CLUSTER", "MYID");
                RedisServer replica = nodes.get(i);
                Await.until(() -> ask(replica, "CLUSTER", "NODES").contains(master));
                ask(replica, "CLUSTER", "REPLICATE", master);
            }
            nodes.forEach(node -> Await.until(() -> ask(node, "CLUSTER", "INFO").contains("cluster_state:ok")));
            nodes.subList(0, MASTERS)
                    .forEach(master ->
                            Await.until(() -> ask(master, "INFO", "replication").contains("connected_slaves:1")));
            return nodes;
        }

        private static void join(List<RedisServer> nodes, int index) {
            try (Resp node = nodes.get(index).connect()) {
                node.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
                if (index < MASTERS) {
                    List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
                    IntStream.range(SLOTS * index / MASTERS, SLOTS * (index + 1) / MASTERS)
                            .forEach(words::add);
                    node.call(words.toArray());
                }
                node.call("CLUSTER", "MEET", "127.0.0.1", nodes.get(0).port());
            }
        }
    }

    private static final class Watched {
        static final Sentinels SENTINELS = start();

        private static Sentinels start() {
            RedisServer master = RedisServer.start(IN_MEMORY);
            List<RedisServer> replicas = new ArrayList<>();
            List<RedisServer> sentinels = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                replicas.add(RedisServer.start(
                        "--save", "", "--appendonly", "no", "--replicaof", "127.0.0.1 " + master.port()));
            }
            Await.until(() -> ask(master, "INFO", "replication").contains("connected_slaves:2"));
            for (int i = 0; i < 3; i++) {
                sentinels.add(RedisServer.startSentinel(
                        "sentinel monitor " + Sentinels.MASTER + " 127.0.0.1 " + master.port() + " 2",
                        "sentinel down-after-milliseconds " + Sentinels.MASTER + " 1500",
                        "sentinel failover-timeout " + Sentinels.MASTER + " 5000"));
            }
            sentinels.forEach(sentinel ->
                    Await.until(() -> ask(sentinel, "INFO", "sentinel").contains("slaves=2,sentinels=3")));
            return new Sentinels(master, replicas, sentinels);
        }
    }

    static String ask(RedisServer server, Object... words) {
        try (Resp connection = server.connect()) {
            return connection.text(words);
        }
    }
}
