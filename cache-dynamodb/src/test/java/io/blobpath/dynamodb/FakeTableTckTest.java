package io.blobpath.dynamodb;

import io.blobpath.cache.CacheConfig;
import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.Capability;
import io.blobpath.tck.TckHarness;
import java.util.Map;
import java.util.UUID;

/**
 * The kit's histories, as many as every driver has, on a table in memory: the server answers some four hundred requests a second,
 * and has fewer of them. The build runs only rule C4 of this class; the table has nothing for the others.
 */
class FakeTableTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        return new Harness(UUID.randomUUID().toString());
    }

    private record Harness(String table) implements TckHarness {
        @Override
        public CacheConfig config() {
            return CacheConfig.of(new FakeTableOptions(table));
        }

        @Override
        public Map<Capability, String> unsupported() {
            return Map.of(Capability.LOST_REPLY, "InterleavingTest loses replies of this table");
        }

        @Override
        public void wipe() {
            FakeTableProvider.drop(table);
        }

        @Override
        public void close() {
            FakeTableProvider.drop(table);
        }
    }
}
