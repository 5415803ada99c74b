package io.blobpath.redis;

import io.blobpath.cache.lease.LeaseName;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.redisson.api.RTopic;
import org.redisson.client.codec.ByteArrayCodec;

/** The channel on which the scripts tell which lease was released; one subscription, which survives a lost connection. */
record RedisHints(RedisCalls calls, String channel) {
    AutoCloseable watch(Consumer<LeaseName> listener) {
        RTopic topic = calls.client().getTopic(channel, ByteArrayCodec.INSTANCE);
        int id = calls.await(
                topic.addListenerAsync(byte[].class, (from, message) -> tell(listener, message)), calls.deadline());
        return () -> calls.await(topic.removeListenerAsync(id), calls.deadline());
    }

    private static void tell(Consumer<LeaseName> listener, byte[] message) {
        LeaseName name;
        try {
            name = LeaseName.ofKey(new String(message, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Anybody may publish; what is not a name is no hint.
            return;
        }
        listener.accept(name);
    }
}
