package io.blobpath.dynamodb;

import java.util.ArrayList;
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
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What DynamoDB does with the requests that records are made of, in memory, so that ten thousand races take seconds. The same
 * races run against the server, fewer of them, which shows that the two agree.
 */
final class FakeTable implements DynamoDbClient {
    private final Map<String, NavigableMap<String, Map<String, AttributeValue>>> partitions = new HashMap<>();
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
                    partition(DynamoDbKeys.partition(write.key())).put(DynamoDbKeys.sort(write.key()), item);
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
        return partitions.computeIfAbsent(name, absent -> new TreeMap<>());
    }
}
