package io.blobpath.redis;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.util.List;

class ClusterRedisTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        List<RedisServer> nodes = RedisServers.cluster();
        nodes.forEach(MinimalUser::createOn);
        List<String> addresses = nodes.stream().map(RedisServer::address).toList();
        return new RedisHarness(RedisServers.masters(), MinimalUser.as(RedisOptions.cluster(addresses)), () -> {});
    }
}
