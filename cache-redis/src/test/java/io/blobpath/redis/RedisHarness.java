package io.blobpath.redis;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.Capability;
import io.blobpath.tck.FaultControl;
import io.blobpath.tck.TckHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A namespace of its own on servers that all tests share, used by the user with the least rights. */
final class RedisHarness implements TckHarness {
    private final String prefix = "blobpath:" + UUID.randomUUID();
    private final List<RedisServer> masters;
    private final RedisOptions options;
    private final AutoCloseable way;

    RedisHarness(List<RedisServer> masters, RedisOptions options, AutoCloseable way) {
        this.masters = masters;
        this.options = options;
        this.way = way;
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.of(options.withPrefix(prefix));
    }

    @Override
    public String sharedConfig() {
        String addresses =
                options.addresses().stream().map(address -> '"' + address + '"').collect(Collectors.joining(", "));
        String master = options.masterName()
                .map(name -> ", \"masterName\": \"" + name + '"')
                .orElse("");
        return "{\"driver\": \"redis\", \"operationTimeout\": \"30s\", \"redis\": {\"topology\": \""
                + options.topology().name().toLowerCase(Locale.ROOT) + "\", \"addresses\": [" + addresses + "]" + master
                + ", \"username\": \"" + options.username().orElseThrow() + "\", \"password\": \""
                + MinimalUser.PASSWORD
                + "\", \"prefix\": \"" + prefix + "\"}}";
    }

    @Override
    public Map<Capability, String> unsupported() {
        return way instanceof FaultControl
                ? Map.of()
                : Map.of(
                        Capability.CUT_OFF, "the servers tell their own addresses, past a proxy",
                        Capability.LOST_REPLY, "the servers tell their own addresses, past a proxy");
    }

    @Override
    public FaultControl faults() {
        return (FaultControl) way;
    }

    @Override
    public int stampNewerSchema() {
        int newer = RedisStamp.SCHEMA + 1;
        for (RedisServer master : masters) {
            try (Resp connection = master.connect()) {
                names(connection).stream()
                        .filter(key -> key.endsWith("}"))
                        .forEach(key -> raise(connection, key, newer));
            }
        }
        return newer;
    }

    @Override
    public Set<String> secrets() {
        return Set.of(MinimalUser.PASSWORD);
    }

    @Override
    public void damage(Digest digest) {
        for (RedisServer master : masters) {
            try (Resp connection = master.connect()) {
                names(connection).stream()
                        .filter(new RedisKeys(prefix).records(RedisKeys.bucket(digest))::equals)
                        .forEach(key -> damage(connection, key, digest));
            }
        }
    }

    @Override
    public void wipe() {
        for (RedisServer master : masters) {
            try (Resp connection = master.connect()) {
                connection.all(names(connection).stream()
                        .map(key -> new Object[] {"DEL", key})
                        .toList());
            }
        }
    }

    @Override
    public void close() {
        wipe();
        try {
            way.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys of this namespace on one master. */
    List<String> names(Resp connection) {
        List<String> names = new ArrayList<>();
        String cursor = "0";
        do {
            List<?> answer = (List<?>) connection.call("SCAN", cursor, "MATCH", "{" + prefix + ":*", "COUNT", 5000);
            cursor = Resp.text(answer.get(0));
            ((List<?>) answer.get(1)).forEach(name -> names.add(Resp.text(name)));
        } while (!cursor.equals("0"));
        return names;
    }

    /** Its last byte starts a character that does not go on. */
    private static void damage(Resp connection, String key, Digest digest) {
        byte[] from = RedisRecords.from(digest, RedisRecords.CANONICAL);
        byte[] member = (byte[]) ((List<?>) connection.call("ZRANGEBYLEX", key, from, "+")).get(0);
        connection.call("ZREM", key, member);
        member[member.length - 1] = (byte) 0xc3;
        connection.call("ZADD", key, 0, member);
    }

    private static void raise(Resp connection, String key, int schema) {
        byte[] from = {'[', RedisRecords.STAMP};
        byte[] stamp = (byte[]) ((List<?>) connection.call("ZRANGEBYLEX", key, from, "+")).get(0);
        RedisStamp old = RedisStamp.parse(stamp);
        connection.call("ZREM", key, stamp);
        connection.call("ZADD", key, 0, new RedisStamp(schema, old.incarnation(), old.storeId()).member());
    }
}
