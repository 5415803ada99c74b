package io.blobpath.dynamodb;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the driver on a {@link FakeTable}; only records, without a stamp and without leases. */
public final class FakeTableProvider implements BlobPathCacheProvider<FakeTableOptions> {
    private static final ConcurrentHashMap<String, FakeTable> TABLES = new ConcurrentHashMap<>();
    private static final int CONNECTIONS = 8;

    /** For {@link java.util.ServiceLoader}. */
    public FakeTableProvider() {}

    @Override
    public String name() {
        return "dynamodb-fake";
    }

    @Override
    public Class<FakeTableOptions> optionsType() {
        return FakeTableOptions.class;
    }

    @Override
    public CacheDriver open(FakeTableOptions options, OpenContext context) {
        FakeTable table = TABLES.computeIfAbsent(options.table(), name -> new FakeTable());
        DynamoDbRequests requests = new DynamoDbRequests(table, context.operationTimeout(), Duration.ZERO);
        DynamoDbItems items = new DynamoDbItems(requests, options.table(), new DynamoDbKeys("default"));
        return new DynamoDbBlobPathCache(
                DynamoDbOptions.of(options.table()),
                new DynamoDbWorkers(CONNECTIONS, 1, context.operationTimeout()),
                items,
                false);
    }

    static void drop(String table) {
        TABLES.remove(table);
    }
}
