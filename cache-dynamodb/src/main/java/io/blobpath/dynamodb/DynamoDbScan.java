package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.PARTITION;
import static io.blobpath.dynamodb.DynamoDbKeys.SORT;
import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Pages over all heads. DynamoDB walks over every item of the table and drops what is not a head of this namespace behind the
 * read, so that a scan costs as much as the table is large; the walk is in the order of hashed keys, from which a key is a
 * good token.
 */
final class DynamoDbScan {
    /** A head and, on average, a duplicate or a lease. */
    private static final int ITEMS_PER_HEAD = 2;

    private final DynamoDbItems items;
    private final DynamoDbLookups lookups;
    private final Pace pace;
    private final int mostItems;

    DynamoDbScan(DynamoDbItems items, DynamoDbLookups lookups, DynamoDbOptions options) {
        this.items = items;
        this.lookups = lookups;
        this.pace = new Pace(options.scanReadUnits());
        this.mostItems = Math.min(options.scanPageSize(), pace.mostItems());
    }

    /** A page, which has at least one entry unless it is the last one or the time is half over. */
    ScanPage page(Deadline deadline, ScanRequest request) {
        long halfTime = deadline.left() / 2;
        Optional<Map<String, AttributeValue>> position = request.token().map(ScanToken::parse);
        List<BlobEntry> entries = new ArrayList<>();
        for (int evaluated = request.limit() * ITEMS_PER_HEAD;
                entries.isEmpty() && deadline.left() > halfTime;
                evaluated = Math.min(2 * evaluated, mostItems)) {
            ScanResponse response = read(deadline, position, Math.min(evaluated, mostItems));
            for (Map<String, AttributeValue> item : response.items()) {
                entry(deadline, item, request.duplicates()).ifPresent(entries::add);
                position = Optional.of(Map.of(PARTITION, item.get(PARTITION), SORT, item.get(SORT)));
                if (entries.size() == request.limit() || deadline.left() < halfTime) {
                    return new ScanPage(entries, position.map(ScanToken::of));
                }
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return new ScanPage(entries, Optional.empty());
            }
            position = Optional.of(response.lastEvaluatedKey());
        }
        return new ScanPage(entries, position.map(ScanToken::of));
    }

    private Optional<BlobEntry> entry(Deadline deadline, Map<String, AttributeValue> item, int duplicates) {
        Digest digest = items.keys().digest(item);
        return lookups.entry(deadline, digest, Head.of(item), duplicates);
    }

    private ScanResponse read(Deadline deadline, Optional<Map<String, AttributeValue>> after, int evaluated) {
        pace.await(deadline);
        ScanResponse response = items.requests()
                .send(
                        deadline,
                        (client, bounded) -> client.scan(scan -> scan.tableName(items.table())
                                .consistentRead(true)
                                .exclusiveStartKey(after.orElse(null))
                                .limit(evaluated)
                                .filterExpression("sk = :head AND begins_with(pk, :namespace)")
                                .expressionAttributeValues(Map.of(
                                        ":head", text(DynamoDbKeys.HEAD),
                                        ":namespace", text(items.keys().prefix())))
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                                .overrideConfiguration(bounded)));
        if (response.consumedCapacity() != null) {
            pace.used(response.consumedCapacity().capacityUnits());
        }
        return response;
    }
}
