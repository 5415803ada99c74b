package io.blobpath.redis;

import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;

/** What the answers of the scripts mean. */
final class RedisResults {
    private RedisResults() {}

    static PutResult put(Digest digest, RedisAnswer answer) {
        return new PutResult(answer.is("new"), RedisRecords.path(digest, answer.value(0)));
    }

    static RemoveResult remove(Digest digest, RedisAnswer answer) {
        return switch (answer.word()) {
            case "absent" -> RemoveResult.absent();
            case "duplicate" -> RemoveResult.duplicate();
            case "last" -> RemoveResult.lastPath();
            case "promoted" -> RemoveResult.promoted(RedisRecords.path(digest, answer.value(0)));
            default -> throw answer.unknown();
        };
    }
}
