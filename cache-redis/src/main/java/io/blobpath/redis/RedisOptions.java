package io.blobpath.redis;

import io.blobpath.cache.Secret;
import io.blobpath.cache.spi.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the servers are and how to talk to them.
 *
 * @param topology how the servers belong together
 * @param addresses of the server, the sentinels, or some nodes of the cluster
 * @param masterName what the sentinels call the master
 * @param username of the servers
 * @param password of the servers
 * @param sentinelUsername of the sentinels
 * @param sentinelPassword of the sentinels
 * @param tls whether connections are encrypted; certificate and host name are always verified then
 * @param trustStore who signs the servers' certificates
 * @param trustStorePassword opens the trust store
 * @param keyStore our own certificate
 * @param keyStorePassword opens the key store
 * @param database number of the database
 * @param prefix what every key and channel of this namespace begins with
 * @param poolSize most connections to each master
 * @param connectTimeout how long a connection may take
 * @param commandTimeout how long one command may take, before a read is tried again within the operation's time
 * @param waitForReplicas how many replicas must have a change before it counts as made
 * @param fitness what to do about a server that may lose records
 */
public record RedisOptions(
        @Option(value = "how the servers belong together", fallback = "single")
        Topology topology,

        @Option("host:port of the server, of the sentinels, or of some nodes of the cluster")
        List<String> addresses,

        @Option("what the sentinels call the master") Optional<String> masterName,

        @Option("the user that the servers know; without it, 'default'")
        Optional<String> username,

        @Option("the password of the servers") Optional<Secret> password,

        @Option("the user that the sentinels know") Optional<String> sentinelUsername,

        @Option("the password of the sentinels") Optional<Secret> sentinelPassword,

        @Option(value = "whether to encrypt; certificate and host name are verified then", fallback = "false")
        boolean tls,

        @Option("the key store with the certificates that sign the servers' ones; without it, Java's own")
        Optional<Path> trustStore,

        @Option("the password of the trust store") Optional<Secret> trustStorePassword,

        @Option("the key store with the certificate to show to the servers")
        Optional<Path> keyStore,

        @Option("the password of the key store") Optional<Secret> keyStorePassword,

        @Option(value = "the number of the database; a cluster has only 0", fallback = "0", min = "0", max = "65535")
        int database,

        @Option(value = "what every key and channel of this store begins with", fallback = "blobpath")
        String prefix,

        @Option(value = "the most connections to each master", fallback = "4", min = "1", max = "256")
        int poolSize,

        @Option(value = "how long it may take to connect", fallback = "5s", min = "10ms", max = "5m")
        Duration connectTimeout,

        @Option(value = "how long a server may take to answer one command", fallback = "3s", min = "10ms", max = "5m")
        Duration commandTimeout,

        @Option(
                value = "how many replicas must have a change before it counts as made",
                fallback = "0",
                min = "0",
                max = "16")
        int waitForReplicas,

        @Option(value = "what to do about servers that may lose or evict records", fallback = "warn")
        Fitness fitness) {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** How the servers belong together. */
    public enum Topology {
        /** One server, or one address behind which a service hides its servers. */
        SINGLE,
        /** A master with replicas; sentinels tell which one is the master. */
        SENTINEL,
        /** A Redis Cluster. */
        CLUSTER,
        /** A master with replicas, which are asked for their roles. */
        REPLICATED
    }

    /** What to do about servers that may lose or evict records. */
    public enum Fitness {
        /** Log each finding. */
        WARN,
        /** Do not open. */
        REFUSE
    }

    /** Refuses options that contradict each other, with every problem in one message. */
    public RedisOptions {
        addresses = List.copyOf(addresses);
        List<String> problems = new ArrayList<>();
        if (addresses.isEmpty()) {
            problems.add("addresses must name at least one host:port");
        }
        for (int i = 0; i < addresses.size(); i++) {
            // The text is not shown: somebody may have written a password into it.
            if (!ADDRESS.matcher(addresses.get(i)).matches()) {
                problems.add("addresses[" + i + "] must be host:port; user and password have keys of their own");
            }
        }
        if (topology == Topology.SINGLE && addresses.size() > 1) {
            problems.add("addresses has " + addresses.size() + " entries, but topology 'single' has one server");
        }
        if (masterName.isPresent() != (topology == Topology.SENTINEL)) {
            problems.add("masterName belongs to topology 'sentinel', and only to it");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add("prefix must be 1 to 64 of A-Z a-z 0-9 . _ : -");
        }
        if (username.isPresent() && password.isEmpty()) {
            problems.add("username needs a password");
        }
        if (!tls && (trustStore.isPresent() || keyStore.isPresent())) {
            problems.add("trustStore and keyStore need tls");
        }
        if (topology == Topology.CLUSTER && database != 0) {
            problems.add("database must be 0 in a cluster");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** One server, with defaults for the rest. */
    public static RedisOptions single(String address) {
        return of(Topology.SINGLE, List.of(address), Optional.empty());
    }

    /** A master that these sentinels watch, with defaults for the rest. */
    public static RedisOptions sentinel(String masterName, List<String> addresses) {
        return of(Topology.SENTINEL, addresses, Optional.of(masterName));
    }

    /** A cluster to which these nodes belong, with defaults for the rest. */
    public static RedisOptions cluster(List<String> addresses) {
        return of(Topology.CLUSTER, addresses, Optional.empty());
    }

    /** The same in another namespace. */
    public RedisOptions withPrefix(String other) {
        return new RedisOptions(
                topology,
                addresses,
                masterName,
                username,
                password,
                sentinelUsername,
                sentinelPassword,
                tls,
                trustStore,
                trustStorePassword,
                keyStore,
                keyStorePassword,
                database,
                other,
                poolSize,
                connectTimeout,
                commandTimeout,
                waitForReplicas,
                fitness);
    }

    /** The same as this user of the servers. */
    public RedisOptions withUser(String name, Secret secret) {
        return new RedisOptions(
                topology,
                addresses,
                masterName,
                Optional.of(name),
                Optional.of(secret),
                sentinelUsername,
                sentinelPassword,
                tls,
                trustStore,
                trustStorePassword,
                keyStore,
                keyStorePassword,
                database,
                prefix,
                poolSize,
                connectTimeout,
                commandTimeout,
                waitForReplicas,
                fitness);
    }

    /** The same with this to do about servers that may lose records. */
    public RedisOptions withFitness(Fitness other) {
        return new RedisOptions(
                topology,
                addresses,
                masterName,
                username,
                password,
                sentinelUsername,
                sentinelPassword,
                tls,
                trustStore,
                trustStorePassword,
                keyStore,
                keyStorePassword,
                database,
                prefix,
                poolSize,
                connectTimeout,
                commandTimeout,
                waitForReplicas,
                other);
    }

    private static RedisOptions of(Topology topology, List<String> addresses, Optional<String> masterName) {
        return new RedisOptions(
                topology,
                addresses,
                masterName,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                "blobpath",
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                0,
                Fitness.WARN);
    }
}
