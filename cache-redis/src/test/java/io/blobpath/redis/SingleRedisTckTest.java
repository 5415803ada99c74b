package io.blobpath.redis;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.util.List;

class SingleRedisTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        RedisServer server = RedisServers.single();
        MinimalUser.createOn(server);
        FaultProxy proxy = new FaultProxy(server);
        return new RedisHarness(List.of(server), MinimalUser.as(RedisOptions.single(proxy.address())), proxy);
    }
}
