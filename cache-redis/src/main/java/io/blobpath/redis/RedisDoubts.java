package io.blobpath.redis;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes that nobody waits for any more, because of an interrupt or a deadline, and that may still be on their way. With several
 * connections a later command could overtake such a change, which would then undo what came after it. So whatever is next for
 * the same bucket waits until the change was applied or has failed.
 */
final class RedisDoubts {
    private final ConcurrentHashMap<String, CompletableFuture<?>> byKey = new ConcurrentHashMap<>();

    /** Notes the change, unless it is over. */
    void add(String key, CompletableFuture<?> change) {
        if (!change.isDone()) {
            byKey.merge(key, change, CompletableFuture::allOf);
        }
    }

    /** What is still in doubt for the key; whether it succeeds or fails says nothing. */
    Optional<CompletableFuture<?>> of(String key) {
        CompletableFuture<?> change = byKey.get(key);
        if (change != null && change.isDone()) {
            byKey.remove(key, change);
            return Optional.empty();
        }
        return Optional.ofNullable(change);
    }
}
