package io.blobpath.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers that tests share. Each is started when the first test asks for it and stopped when the JVM ends. */
final class RedisServers {
    private static final String ADDRESS = "blobpath.redis.address";
    private static final int MASTERS = 3;
    private static final String[] IN_MEMORY = {"--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"};

    private RedisServers() {}

    /** A single server: the one of the system property {@code blobpath.redis.address}, or one of our own. */
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
        static final RedisServer SERVER = Optional.ofNullable(System.getProperty(ADDRESS))
                .map(RedisServer::at)
                .orElseGet(() -> RedisServer.start(IN_MEMORY));
    }

    private static final class Cluster {
        static final List<RedisServer> NODES = RedisCluster.start(MASTERS, MASTERS, IN_MEMORY);
    }

    private static final class Watched {
        static final Sentinels SENTINELS = start();

        private static Sentinels start() {
            RedisServer master = RedisServer.start(IN_MEMORY);
            List<RedisServer> replicas = new ArrayList<>();
            List<RedisServer> sentinels = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                replicas.add(
                        RedisServer.start("--save", "", "--replicaof", master.host(), Integer.toString(master.port())));
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
