package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.text;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a public registry does with the same records: one item per digest, with the first path and a set of all paths, read and
 * written without conditions. Only to compare what it costs; it loses records when nodes race, or when a read fails.
 */
final class RegistryAlgorithm {
    private final DynamoDbClient client;
    private final String table;
    private final Map<String, AttributeValue> key;

    RegistryAlgorithm(DynamoDbClient client, String table, String digest) {
        this.client = client;
        this.table = table;
        this.key = DynamoDbKeys.key(digest, "item");
    }

    Map<String, AttributeValue> get() {
        return client.getItem(get -> get.tableName(table).key(key)).item();
    }

    void put(String path) {
        if (!get().containsKey("original")) {
            original(path);
        }
        duplicates("ADD", List.of(path));
    }

    /** Makes the item as large as this; costs nothing that is counted. */
    void fill(List<String> paths) {
        duplicates("ADD", paths);
    }

    void removeDuplicate(String path) {
        duplicates("DELETE", List.of(path));
        get();
    }

    void promote(String original, String next) {
        duplicates("DELETE", List.of(original));
        get();
        original(next);
    }

    private void original(String path) {
        update("SET original = :value", text(path));
    }

    private void duplicates(String action, List<String> paths) {
        update(action + " duplicatePaths :value", AttributeValue.fromSs(paths));
    }

    private void update(String expression, AttributeValue value) {
        client.updateItem(update -> update.tableName(table)
                .key(key)
                .updateExpression(expression)
                .expressionAttributeValues(Map.of(":value", value)));
    }
}
