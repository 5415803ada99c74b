package io.blobpath.redis;

import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.Secret;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.Protocol;
import org.redisson.config.ReadMode;
import org.redisson.config.SslVerificationMode;
import org.redisson.config.SubscriptionMode;

/**
 * Makes Redisson clients: few threads and connections, every read from the master, and no codec that could deserialize an
 * object.
 *
 * <p>They try each address once to connect: a wrong password is told at once, and not after a hundred attempts. Commands are
 * tried again, which {@link RedisCalls} decides.
 */
final class RedisClients {
    static final Duration RETRY = Duration.ofMillis(100);

    private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofMillis(500);
    private static final Duration TOPOLOGY_SCAN = Duration.ofSeconds(1);

    private final RedisOptions options;

    private RedisClients(RedisOptions options) {
        this.options = options;
    }

    /** A client that is not connected yet. */
    static Redisson create(RedisOptions options) {
        return (Redisson) Redisson.create(new RedisClients(options).config());
    }

    private Config config() {
        Config config = new Config()
                .setThreads(2)
                .setNettyThreads(2)
                .setCodec(ByteArrayCodec.INSTANCE)
                .setProtocol(Protocol.RESP2)
                .setLazyInitialization(true)
                .setNettyHook(RedisChannelGuard.hook())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        options.username().ifPresent(config::setUsername);
        options.password().map(Secret::reveal).ifPresent(config::setPassword);
        if (options.tls()) {
            config.setSslVerificationMode(SslVerificationMode.STRICT)
                    .setSslTruststore(
                            options.trustStore().map(RedisClients::url).orElse(null))
                    .setSslTruststorePassword(
                            reveal(options.trustStorePassword().orElse(null)))
                    .setSslKeystore(options.keyStore().map(RedisClients::url).orElse(null))
                    .setSslKeystorePassword(reveal(options.keyStorePassword().orElse(null)));
        }
        String[] addresses = options.addresses().stream().map(this::uri).toArray(String[]::new);
        switch (options.topology()) {
            case SINGLE ->
                limit(config.useSingleServer())
                        .setAddress(addresses[0])
                        .setDatabase(options.database())
                        .setConnectionPoolSize(options.poolSize())
                        .setConnectionMinimumIdleSize(1)
                        .setSubscriptionConnectionPoolSize(2)
                        .setSubscriptionConnectionMinimumIdleSize(0);
            case SENTINEL -> {
                var sentinel = limit(masters(config.useSentinelServers()))
                        .setMasterName(options.masterName().orElseThrow())
                        .setDatabase(options.database())
                        .setCheckSentinelsList(false)
                        .setScanInterval((int) TOPOLOGY_SCAN.toMillis())
                        .addSentinelAddress(addresses);
                options.sentinelUsername().ifPresent(sentinel::setSentinelUsername);
                options.sentinelPassword().map(Secret::reveal).ifPresent(sentinel::setSentinelPassword);
            }
            case CLUSTER ->
                limit(masters(config.useClusterServers()))
                        .setScanInterval((int) TOPOLOGY_SCAN.toMillis())
                        .setCheckSlotsCoverage(false)
                        .addNodeAddress(addresses);
            case REPLICATED ->
                limit(masters(config.useReplicatedServers()))
                        .setDatabase(options.database())
                        .setScanInterval((int) TOPOLOGY_SCAN.toMillis())
                        .addNodeAddress(addresses);
        }
        return config;
    }

    /** Below ten connections Redisson lets many commands travel on each at once. */
    private <C extends BaseMasterSlaveServersConfig<C>> C masters(C servers) {
        return servers.setReadMode(ReadMode.MASTER)
                .setSubscriptionMode(SubscriptionMode.MASTER)
                .setMasterConnectionPoolSize(options.poolSize())
                .setMasterConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(0);
    }

    private <C extends BaseConfig<C>> C limit(C servers) {
        return servers.setConnectTimeout(millis(options.connectTimeout()))
                .setTimeout(millis(options.commandTimeout()))
                .setSubscriptionTimeout(millis(options.commandTimeout()))
                .setRetryDelay(new ConstantDelay(RETRY))
                .setRetryAttempts(0)
                .setReconnectionDelay(attempt -> LONGEST_RECONNECT_PAUSE.compareTo(RETRY.multipliedBy(attempt + 1L)) < 0
                        ? LONGEST_RECONNECT_PAUSE
                        : RETRY.multipliedBy(attempt + 1L));
    }

    private String uri(String address) {
        return (options.tls() ? "rediss://" : "redis://") + address;
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new CacheConfigException(List.of("redis: the key store '" + file + "' has no URL"));
        }
    }
}
