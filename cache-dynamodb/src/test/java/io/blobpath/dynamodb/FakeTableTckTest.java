package io.blobpath.dynamodb;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.Capability;
import io.blobpath.tck.TckHarness;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/**
 * The kit in its full size on a table in memory, without leases: the server answers some four hundred requests a second, and has
 * fewer histories and smaller batches.
 */
class FakeTableTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        return new Harness(UUID.randomUUID().toString());
    }

    private record Harness(String table) implements TckHarness {
        private static final DynamoDbKeys KEYS = new DynamoDbKeys("default");

        @Override
        public CacheConfig config() {
            return CacheConfig.of(new FakeTableOptions(table));
        }

        @Override
        public Map<Capability, String> unsupported() {
            return Map.of(
                    Capability.LEASES, "the table knows the requests of records only",
                    Capability.CUT_OFF, "the table is in this JVM",
                    Capability.LOST_REPLY, "InterleavingTest loses replies of this table",
                    Capability.PROCESSES, "the table is in this JVM");
        }

        @Override
        public int stampNewerSchema() {
            change(KEYS.stamp(), "schemaVersion", DynamoDbKeys.number(2));
            return 2;
        }

        @Override
        public void damage(Digest digest) {
            change(KEYS.head(digest), "canonical", AttributeValue.fromS("some//path"));
        }

        @Override
        public void wipe() {
            FakeTableProvider.table(table).wipe();
        }

        @Override
        public void close() {
            FakeTableProvider.drop(table);
        }

        private void change(Map<String, AttributeValue> key, String attribute, AttributeValue value) {
            FakeTable items = FakeTableProvider.table(table);
            Map<String, AttributeValue> item = new HashMap<>(
                    items.getItem(GetItemRequest.builder().key(key).build()).item());
            item.put(attribute, value);
            items.put(item);
        }
    }
}
