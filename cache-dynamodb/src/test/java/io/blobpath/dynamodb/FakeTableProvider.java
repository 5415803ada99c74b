package io.blobpath.dynamodb;

import io.blobpath.cache.CacheInfo;
import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the driver on a {@link FakeTable}, without leases. */
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
        DynamoDbRequests requests =
                new DynamoDbRequests(table(options.table()), context.operationTimeout(), Duration.ZERO);
        DynamoDbItems items = new DynamoDbItems(requests, options.table(), new DynamoDbKeys("default"));
        DynamoDbStamp.check(items, Deadline.in(context.operationTimeout()), context.storeId());
        return named(new DynamoDbBlobPathCache(
                DynamoDbOptions.of(options.table()),
                new DynamoDbWorkers(CONNECTIONS, 1, context.operationTimeout()),
                items,
                false));
    }

    /** The driver under the name that it is found by here. */
    private CacheDriver named(CacheDriver driver) {
        return (CacheDriver) Proxy.newProxyInstance(
                FakeTableProvider.class.getClassLoader(),
                new Class<?>[] {CacheDriver.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(driver, arguments);
                        return answer instanceof CacheInfo info
                                ? new CacheInfo(name(), info.storeId(), info.schema(), info.records(), info.details())
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static FakeTable table(String name) {
        return TABLES.computeIfAbsent(name, absent -> new FakeTable());
    }

    static void drop(String table) {
        TABLES.remove(table);
    }
}
