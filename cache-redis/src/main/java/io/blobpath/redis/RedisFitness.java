package io.blobpath.redis;

import io.blobpath.cache.CacheMismatchException;
import io.blobpath.redis.RedisOptions.Fitness;
import io.blobpath.redis.RedisOptions.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        List<String> findings = new ArrayList<>();
        if (found.lost() > 0) {
            findings.add(found.lost() + " of " + RedisKeys.BUCKETS + " buckets are gone from this store, with their"
                    + " records; they start anew, empty");
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
        if (findings.isEmpty()) {
            return;
        }
        if (options.fitness() == Fitness.REFUSE) {
            throw new CacheMismatchException("not fit for records (set redis.fitness=warn to open nevertheless): "
                    + String.join("; ", findings));
        }
        findings.forEach(finding -> LOG.warn("redis: {}", finding));
    }

    /** What is wrong with a server of this {@code INFO}. */
    static List<String> findings(String at, Map<String, String> info) {
        List<String> findings = new ArrayList<>();
        String version = info.getOrDefault("redis_version", "unknown");
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) * 100 + Integer.parseInt(parts.group(2)) < 602) {
            findings.add(at + " has version " + version + ", at least 6.2 is needed");
        }
        String policy = info.getOrDefault("maxmemory_policy", "unknown");
        if (!policy.equals("noeviction")) {
            findings.add(at + " has maxmemory-policy " + policy + " and may drop records; set it to noeviction");
        }
        if (!"1".equals(info.get("aof_enabled"))) {
            findings.add(at + " has appendonly off and loses records when it stops; set it to yes");
        }
        if (!"master".equals(info.get("role"))) {
            findings.add(at + " is a replica; name its master, or use topology sentinel, cluster or replicated");
        }
        return findings;
    }

    private static List<String> clusterFindings(String at, Map<String, String> info) {
        String covered = info.getOrDefault("cluster_slots_ok", "0");
        return "ok".equals(info.get("cluster_state")) && covered.equals("16384")
                ? List.of()
                : List.of(at + " says that the cluster is " + info.get("cluster_state") + " with " + covered
                        + " of 16384 slots covered");
    }
}
