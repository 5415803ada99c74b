package io.blobpath.redis;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * The kit through sentinels. To the kit they are a single server that is found another way, so it runs in campaigns only; what is
 * special about them is in {@link FailoverTest}.
 */
@Tag("campaign")
class SentinelRedisTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        RedisServers.Sentinels watched = RedisServers.sentinels();
        MinimalUser.createOn(watched.master());
        watched.replicas().forEach(MinimalUser::createOn);
        return new RedisHarness(List.of(watched.master()), MinimalUser.as(watched.options()), () -> {});
    }
}
