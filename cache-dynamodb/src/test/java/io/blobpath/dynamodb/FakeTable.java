package io.blobpath.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What DynamoDB does with the requests that records and stamps are made of, in memory, so that ten thousand races take seconds.
 * The same tests run against the server, with fewer races, which shows that the two agree.
 */
final class FakeTable implements DynamoDbClient {
    private static final Comparator<String> BYTE_ORDER =
            Comparator.comparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned);

    private final NavigableMap<String, NavigableMap<String, Map<String, AttributeValue>>> partitions = new TreeMap<>();
    private final Set<String> tokens = new HashSet<>();

    /** A write of a transaction in one shape. */
    private record Write(
            Map<String, AttributeValue> key,
            String condition,
            Map<String, AttributeValue> values,
            TransactWriteItem item) {
        static Write of(TransactWriteItem item) {
            if (item.put() != null) {
                return new Write(item.put().item(), item.put().conditionExpression(), Map.of(), item);
            }
            if (item.update() != null) {
                return new Write(
                        item.update().key(),
                        item.update().conditionExpression(),
                        item.update().expressionAttributeValues(),
                        item);
            }
            return new Write(
                    item.delete().key(),
                    item.delete().conditionExpression(),
                    item.delete().expressionAttributeValues(),
                    item);
        }

        boolean allowed(Map<String, AttributeValue> found) {
            return switch (condition) {
                case "attribute_not_exists(pk)" -> found.isEmpty();
                case "attribute_exists(pk)" -> !found.isEmpty();
                case "version = :seen" -> value(values, ":seen").equals(found.get("version"));
                case "canonical = :seen" -> value(values, ":seen").equals(found.get("canonical"));
                default -> throw new AssertionError("no such condition: " + condition);
            };
        }

        /** The item afterwards; empty if it is gone. */
        Map<String, AttributeValue> applied(Map<String, AttributeValue> found) {
            if (item.put() != null) {
                return item.put().item();
            }
            if (item.delete() != null) {
                return Map.of();
            }
            Map<String, AttributeValue> changed = new HashMap<>(found);
            changed.put("canonical", values.get(":canonical"));
            changed.put("version", values.get(":version"));
            changed.put(
                    "duplicates",
                    DynamoDbKeys.number(
                            Long.parseLong(value(found, "duplicates").n())
                                    + Long.parseLong(value(values, ":more").n())));
            return changed;
        }
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        return GetItemResponse.builder().item(found(request.key())).build();
    }

    @Override
    public synchronized TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        List<ItemResponse> items = request.transactItems().stream()
                .map(wanted ->
                        ItemResponse.builder().item(found(wanted.get().key())).build())
                .toList();
        return TransactGetItemsResponse.builder().responses(items).build();
    }

    @Override
    public synchronized QueryResponse query(QueryRequest request) {
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        List<Map<String, AttributeValue>> items =
                partition(value(values, ":pk").s())
                        .tailMap(value(values, ":after").s(), false)
                        .values()
                        .stream()
                        .limit(request.limit())
                        .toList();
        return QueryResponse.builder().items(items).build();
    }

    /** The items of all partitions one after the other; what is filtered out counts for the limit. */
    @Override
    public synchronized ScanResponse scan(ScanRequest request) {
        Map<String, AttributeValue> start = request.exclusiveStartKey();
        String partition = start.isEmpty() ? "" : DynamoDbKeys.partition(start);
        List<Map<String, AttributeValue>> evaluated = partitions.tailMap(partition, true).entrySet().stream()
                .flatMap(each -> each.getKey().equals(partition)
                        ? each.getValue().tailMap(DynamoDbKeys.sort(start), false).values().stream()
                        : each.getValue().values().stream())
                .limit(request.limit())
                .toList();
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        ScanResponse.Builder response = ScanResponse.builder()
                .items(evaluated.stream()
                        .filter(item -> DynamoDbKeys.sort(item)
                                        .equals(value(values, ":head").s())
                                && DynamoDbKeys.partition(item)
                                        .startsWith(value(values, ":namespace").s()))
                        .toList());
        if (evaluated.size() == request.limit()) {
            Map<String, AttributeValue> last = evaluated.get(evaluated.size() - 1);
            response.lastEvaluatedKey(DynamoDbKeys.key(DynamoDbKeys.partition(last), DynamoDbKeys.sort(last)));
        }
        return response.build();
    }

    /** Puts an item that is not there. */
    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        Map<String, AttributeValue> found = found(request.item());
        if (!found.isEmpty()) {
            throw ConditionalCheckFailedException.builder().item(found).build();
        }
        put(request.item());
        return PutItemResponse.builder().build();
    }

    synchronized void put(Map<String, AttributeValue> item) {
        partition(DynamoDbKeys.partition(item)).put(DynamoDbKeys.sort(item), item);
    }

    synchronized void wipe() {
        partitions.clear();
    }

    @Override
    public synchronized TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        if (!tokens.contains(request.clientRequestToken())) {
            List<Write> writes = request.transactItems().stream().map(Write::of).toList();
            check(writes);
            for (Write write : writes) {
                Map<String, AttributeValue> item = write.applied(found(write.key()));
                if (item.isEmpty()) {
                    partition(DynamoDbKeys.partition(write.key())).remove(DynamoDbKeys.sort(write.key()));
                } else {
                    put(item);
                }
            }
            tokens.add(request.clientRequestToken());
        }
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "fake";
    }

    @Override
    public void close() {}

    private void check(List<Write> writes) {
        List<CancellationReason> reasons = new ArrayList<>();
        for (Write write : writes) {
            Map<String, AttributeValue> found = found(write.key());
            reasons.add(
                    write.allowed(found)
                            ? CancellationReason.builder().code("None").build()
                            : CancellationReason.builder()
                                    .code("ConditionalCheckFailed")
                                    .item(found)
                                    .build());
        }
        if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
            throw TransactionCanceledException.builder()
                    .cancellationReasons(reasons)
                    .build();
        }
    }

    private Map<String, AttributeValue> found(Map<String, AttributeValue> key) {
        return partition(DynamoDbKeys.partition(key)).getOrDefault(DynamoDbKeys.sort(key), Map.of());
    }

    private static AttributeValue value(Map<String, AttributeValue> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private NavigableMap<String, Map<String, AttributeValue>> partition(String name) {
        return partitions.computeIfAbsent(name, absent -> new TreeMap<>(BYTE_ORDER));
    }
}
