package io.blobpath.redis;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.util.List;

/** The kit through sentinels; what is special about them is in {@link FailoverTest}. */
class SentinelRedisTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        RedisServers.Sentinels watched = RedisServers.sentinels();
        MinimalUser.createOn(watched.master());
        watched.replicas().forEach(MinimalUser::createOn);
        return new RedisHarness(List.of(watched.master()), MinimalUser.as(watched.options()), () -> {});
    }
}
