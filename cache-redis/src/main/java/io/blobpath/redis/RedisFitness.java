package io.blobpath.redis;

import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.Finding;
import io.blobpath.redis.RedisOptions.Fitness;
import io.blobpath.redis.RedisOptions.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.redisson.api.RFuture;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.connection.MasterSlaveEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the servers for whatever could lose records. */
final class RedisFitness {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFitness.class);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private RedisFitness() {}

    /**
     * Logs what was found, or refuses because of it.
     *
     * @throws CacheMismatchException with every finding, if the options say so
     */
    static void check(RedisOptions options, RedisStamps.Found found, RedisCalls calls, Deadline deadline) {
        List<Finding> findings = look(options, found.lost(), calls, deadline);
        if (findings.isEmpty()) {
            return;
        }
        if (options.fitness() == Fitness.REFUSE) {
            throw new CacheMismatchException("not fit for records (set redis.fitness=warn to open nevertheless): "
                    + findings.stream().map(Finding::text).collect(Collectors.joining("; ")));
        }
        findings.forEach(finding -> LOG.warn("redis: {}", finding.text()));
    }

    /** What is wrong with the store, of which so many buckets were gone, and with each master. */
    static List<Finding> look(RedisOptions options, int lost, RedisCalls calls, Deadline deadline) {
        List<Finding> findings = new ArrayList<>();
        if (lost > 0) {
            findings.add(new Finding(
                    "the store",
                    "had lost " + lost + " of " + RedisKeys.BUCKETS
                            + " buckets with their records when it was opened, and they start anew, empty",
                    "find out why, and index anew"));
        }
        for (MasterSlaveEntry master : calls.executor().getConnectionManager().getEntrySet()) {
            String at = master.getClient().getAddr().getHostString() + ":"
                    + master.getClient().getAddr().getPort();
            RFuture<Map<String, String>> info =
                    calls.executor().readAsync(master.getClient(), StringCodec.INSTANCE, RedisCommands.INFO_ALL);
            findings.addAll(findings(at, calls.await(info, deadline)));
            if (options.topology() == Topology.CLUSTER) {
                RFuture<Map<String, String>> cluster = calls.executor()
                        .readAsync(master.getClient(), StringCodec.INSTANCE, RedisCommands.CLUSTER_INFO);
                findings.addAll(clusterFindings(at, calls.await(cluster, deadline)));
            }
        }
        return findings;
    }

    /** What is wrong with a server of this {@code INFO}. */
    static List<Finding> findings(String at, Map<String, String> info) {
        List<Finding> findings = new ArrayList<>();
        String version = info.getOrDefault("redis_version", "unknown");
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) * 100 + Integer.parseInt(parts.group(2)) < 602) {
            findings.add(new Finding(at, "has version " + version + ", which lacks commands", "use 6.2 or later"));
        }
        String policy = info.getOrDefault("maxmemory_policy", "unknown");
        if (!policy.equals("noeviction")) {
            findings.add(new Finding(
                    at,
                    "has maxmemory-policy " + policy + " and drops records when memory is short",
                    "set it to noeviction"));
        }
        if (!"1".equals(info.get("aof_enabled"))) {
            findings.add(new Finding(at, "has appendonly off and loses records when it stops", "set it to yes"));
        } else if (!"ok".equals(info.getOrDefault("aof_last_write_status", "ok"))) {
            findings.add(new Finding(at, "could not write its append-only file", "look at its disk"));
        }
        if (!"master".equals(info.get("role"))) {
            findings.add(new Finding(
                    at,
                    "is a replica, which may be behind and refuses changes",
                    "name its master, or use topology sentinel, cluster or replicated"));
        }
        return findings;
    }

    private static List<Finding> clusterFindings(String at, Map<String, String> info) {
        String covered = info.getOrDefault("cluster_slots_ok", "0");
        return "ok".equals(info.get("cluster_state")) && covered.equals("16384")
                ? List.of()
                : List.of(new Finding(
                        at,
                        "says that the cluster is " + info.get("cluster_state") + " with " + covered
                                + " of 16384 slots covered",
                        "repair the cluster"));
    }
}
