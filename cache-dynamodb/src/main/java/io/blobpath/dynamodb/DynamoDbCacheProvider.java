package io.blobpath.dynamodb;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the driver {@code dynamodb}. Found by {@link java.util.ServiceLoader}. */
public final class DynamoDbCacheProvider implements BlobPathCacheProvider<DynamoDbOptions> {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbCacheProvider.class);
    /** To create a table takes longer than an operation. */
    private static final Duration CREATION = Duration.ofMinutes(2);

    /** For {@link java.util.ServiceLoader}. */
    public DynamoDbCacheProvider() {}

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public Class<DynamoDbOptions> optionsType() {
        return DynamoDbOptions.class;
    }

    /** Opens the namespace. If the table may be created, this may take two minutes longer than an operation. */
    @Override
    public CacheDriver open(DynamoDbOptions options, OpenContext context) {
        DynamoDbRequests requests = new DynamoDbRequests(
                DynamoDbClients.open(options, context.operationTimeout()),
                context.operationTimeout(),
                DynamoDbRequests.FIRST_PAUSE);
        DynamoDbWorkers workers =
                new DynamoDbWorkers(options.maxConnections(), options.parallelism(), context.operationTimeout());
        boolean opened = false;
        try {
            DynamoDbItems items = new DynamoDbItems(requests, options.table(), new DynamoDbKeys(options.namespace()));
            if (options.create() == CreateTable.IF_MISSING) {
                DynamoDbWorkers.join(workers.start(() -> create(requests, options)));
            }
            workers.call(deadline -> DynamoDbStamp.check(items, deadline, context.storeId()));
            boolean leasesHold = workers.call(new DynamoDbTable(requests, options)::leasesHold);
            if (!leasesHold) {
                LOG.warn(
                        "table {} has replicas in other regions, among which the last writer wins: there are no leases, and"
                                + " only one region may write records",
                        options.table());
            }
            opened = true;
            return new DynamoDbBlobPathCache(options, workers, items, leasesHold);
        } finally {
            if (!opened) {
                workers.close();
                requests.close();
            }
        }
    }

    private static boolean create(DynamoDbRequests requests, DynamoDbOptions options) {
        new DynamoDbTable(requests, options).ensure(Deadline.in(CREATION));
        return true;
    }
}
