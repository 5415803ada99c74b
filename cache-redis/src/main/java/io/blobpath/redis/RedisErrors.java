package io.blobpath.redis;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.CacheStoreLostException;
import io.blobpath.cache.CacheThrottledException;
import io.blobpath.cache.CacheUnavailableException;
import java.util.Optional;
import java.util.stream.Stream;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.RedisTimeoutException;

/**
 * Turns what Redisson throws into our exceptions. Of its texts only the server's own words are passed on, which hold no
 * argument of a command and so no secret (E3).
 */
final class RedisErrors {
    private final String servers;

    RedisErrors(RedisOptions options) {
        servers = String.join(", ", options.addresses());
    }

    /** The exception for this failure, by the innermost of its causes that the server had a word about. */
    BlobPathCacheException of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> new CacheUnavailableException(
                        "no answer from " + servers + "; is the server up and reachable?", failure));
    }

    /** What to say when our own deadline has passed. */
    CacheUnavailableException late(Throwable cause) {
        return new CacheUnavailableException("no answer from " + servers + " in time", cause);
    }

    /** What to say when a bucket has another stamp than at open, or none. */
    static CacheStoreLostException lost() {
        return new CacheStoreLostException(
                "records of this store are gone: it was wiped or evicted, or a server came back"
                        + " without its data; open the cache again and index anew");
    }

    private static Optional<BlobPathCacheException> known(Throwable cause) {
        if (cause instanceof BlobPathCacheException ours) {
            return Optional.of(ours);
        } else if (cause instanceof RedisOutOfMemoryException) {
            return Optional.of(new CacheFullException(
                    "the server has no memory left (maxmemory); give it more; what was recorded is intact", cause));
        } else if (cause instanceof RedisBusyException) {
            return Optional.of(new CacheThrottledException("the server is busy with somebody's slow script", cause));
        } else if (cause instanceof RedisRetryException) {
            return Optional.of(new CacheUnavailableException("the server is not ready: " + words(cause), cause));
        } else if (cause instanceof RedisNoScriptException) {
            return Optional.of(new CacheUnavailableException("the server has forgotten the driver's scripts", cause));
        } else if (cause instanceof RedisException && !isAboutTheConnection(cause)) {
            return Optional.of(refusal(words(cause), cause));
        }
        return Optional.empty();
    }

    private static boolean isAboutTheConnection(Throwable cause) {
        return cause instanceof RedisTimeoutException
                || cause instanceof RedisConnectionException
                || cause instanceof RedisReconnectedException
                || cause instanceof RedisNodeNotFoundException
                || !words(cause).matches("[A-Z]+ .*");
    }

    private static BlobPathCacheException refusal(String words, Throwable cause) {
        if (words.contains("WRONGTYPE")) {
            return RedisRecords.foreign(cause);
        }
        return new CacheAccessException(
                "the server refuses: " + words
                        + "; see the user, its ACL and the server's role in docs/drivers/redis.md",
                cause);
    }

    /** What the server said, without the connection and the command that Redisson appends. */
    private static String words(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf(". channel:");
        return end < 0 ? message : message.substring(0, end);
    }
}
