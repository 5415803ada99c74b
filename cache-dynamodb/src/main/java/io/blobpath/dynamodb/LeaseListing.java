package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Pages over the leases that are held, bucket by bucket. */
final class LeaseListing {
    private final LeaseTable leases;
    private final DynamoDbItems items;

    LeaseListing(LeaseTable leases, DynamoDbItems items) {
        this.leases = leases;
        this.items = items;
    }

    LeasePage page(Deadline deadline, Optional<String> token, int limit) {
        Optional<Map<String, AttributeValue>> after = token.map(ScanToken::parse);
        int first = after.map(key -> bucket(DynamoDbKeys.partition(key))).orElse(0);
        List<LeaseState> page = new ArrayList<>();
        for (int bucket = first; bucket < LeaseTable.BUCKETS; bucket++) {
            String from = bucket == first && after.isPresent() ? DynamoDbKeys.sort(after.get()) : DynamoDbKeys.HEAD;
            if (!fill(deadline, bucket, from, page, limit)) {
                LeaseName last = page.get(page.size() - 1).name();
                return new LeasePage(page, Optional.of(ScanToken.of(leases.key(last))));
            }
        }
        return new LeasePage(page, Optional.empty());
    }

    /** Whether the bucket ended before the page was more than full. */
    private boolean fill(Deadline deadline, int bucket, String from, List<LeaseState> page, int limit) {
        Map<String, AttributeValue> start = null;
        do {
            Map<String, AttributeValue> key = start;
            QueryResponse response = items.requests()
                    .send(
                            deadline,
                            (client, bounded) -> client.query(query -> query.tableName(items.table())
                                    .keyConditionExpression("pk = :pk AND sk > :from")
                                    .filterExpression("attribute_exists(leaseOwner)")
                                    .expressionAttributeValues(
                                            Map.of(":pk", text(items.keys().leases(bucket)), ":from", text(from)))
                                    .consistentRead(true)
                                    .exclusiveStartKey(key)
                                    .overrideConfiguration(bounded)));
            for (Map<String, AttributeValue> item : response.items()) {
                if (page.size() == limit) {
                    return false;
                }
                page.add(new LeaseItem(item).state());
            }
            start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty());
        return true;
    }

    private int bucket(String partition) {
        for (int bucket = 0; bucket < LeaseTable.BUCKETS; bucket++) {
            if (items.keys().leases(bucket).equals(partition)) {
                return bucket;
            }
        }
        throw new IllegalArgumentException("invalid token: it must come from a page of leases");
    }
}
