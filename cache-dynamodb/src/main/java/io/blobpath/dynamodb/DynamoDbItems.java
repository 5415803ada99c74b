package io.blobpath.dynamodb;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The requests about items that the operations are made of. Every read is strongly consistent. */
final class DynamoDbItems {
    private final DynamoDbRequests requests;
    private final String table;
    private final DynamoDbKeys keys;

    DynamoDbItems(DynamoDbRequests requests, String table, DynamoDbKeys keys) {
        this.requests = requests;
        this.table = table;
        this.keys = keys;
    }

    DynamoDbRequests requests() {
        return requests;
    }

    String table() {
        return table;
    }

    DynamoDbKeys keys() {
        return keys;
    }

    /** The item, empty if there is none. */
    Map<String, AttributeValue> get(Deadline deadline, Map<String, AttributeValue> key) {
        return requests.send(
                        deadline,
                        (client, bounded) -> client.getItem(get -> get.tableName(table)
                                .key(key)
                                .consistentRead(true)
                                .overrideConfiguration(bounded)))
                .item();
    }

    /** The items as they were at one moment, in the order of the keys; empty where there is none. */
    List<Map<String, AttributeValue>> snapshot(Deadline deadline, List<Map<String, AttributeValue>> wanted) {
        List<TransactGetItem> gets = wanted.stream()
                .map(key -> TransactGetItem.builder()
                        .get(Get.builder().tableName(table).key(key).build())
                        .build())
                .toList();
        TransactGetItemsResponse response = requests.send(
                deadline,
                (client, bounded) ->
                        client.transactGetItems(get -> get.transactItems(gets).overrideConfiguration(bounded)));
        return response.responses().stream().map(ItemResponse::item).toList();
    }

    /** All or nothing; repeated with the token, it is applied once. */
    void write(Deadline deadline, List<TransactWriteItem> writes, String token) {
        requests.send(
                deadline,
                (client, bounded) -> client.transactWriteItems(write ->
                        write.transactItems(writes).clientRequestToken(token).overrideConfiguration(bounded)));
    }

    /** The first duplicates behind this path in byte order. Several requests may be needed, and then it is no snapshot. */
    List<BlobPath> duplicates(Deadline deadline, Digest digest, Optional<BlobPath> after, int limit) {
        List<BlobPath> paths = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of(
                ":pk", DynamoDbKeys.text(keys.partition(digest)),
                ":after", DynamoDbKeys.text(after.map(BlobPath::toString).orElse(DynamoDbKeys.HEAD)));
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("pk = :pk AND sk > :after")
                .expressionAttributeValues(from)
                .projectionExpression("sk")
                .consistentRead(true);
        while (paths.size() < limit) {
            query.limit(limit - paths.size());
            QueryResponse response = requests.send(
                    deadline,
                    (client, bounded) ->
                            client.query(query.overrideConfiguration(bounded).build()));
            response.items().forEach(item -> paths.add(Head.path(DynamoDbKeys.sort(item))));
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                break;
            }
            query.exclusiveStartKey(response.lastEvaluatedKey());
        }
        return paths;
    }
}
