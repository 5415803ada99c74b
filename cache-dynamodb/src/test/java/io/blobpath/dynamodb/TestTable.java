package io.blobpath.dynamodb;

import io.blobpath.cache.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table on the server, and what a test does to it without the driver. */
final class TestTable {
    static final String SECRET = "n0t-f0r-l0gs";

    private static final DynamoDbClient CLIENT = DynamoDbClients.open(
            options("any", LocalServer.endpoint().toString(), CreateTable.NEVER), Duration.ofSeconds(30));

    private final String name = "t-" + UUID.randomUUID();

    private TestTable() {}

    static TestTable create() {
        TestTable table = new TestTable();
        DynamoDbRequests requests = new DynamoDbRequests(CLIENT, Duration.ofSeconds(30), DynamoDbRequests.FIRST_PAUSE);
        new DynamoDbTable(requests, options(table.name, "", CreateTable.IF_MISSING))
                .ensure(Deadline.in(Duration.ofSeconds(30)));
        return table;
    }

    /** A name without a table. */
    static TestTable missing() {
        return new TestTable();
    }

    static DynamoDbClient client() {
        return CLIENT;
    }

    String name() {
        return name;
    }

    DynamoDbOptions options(String endpoint) {
        return options(name, endpoint, CreateTable.NEVER);
    }

    DynamoDbOptions options(String endpoint, CreateTable create) {
        return options(name, endpoint, create);
    }

    int stampNewerSchema() {
        CLIENT.updateItem(update -> update.tableName(name)
                .key(new DynamoDbKeys("default").stamp())
                .updateExpression("SET schemaVersion = :newer")
                .expressionAttributeValues(Map.of(":newer", DynamoDbKeys.number(2))));
        return 2;
    }

    List<Map<String, AttributeValue>> items() {
        return CLIENT.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items().stream()
                .toList();
    }

    void wipe() {
        for (Map<String, AttributeValue> item : items()) {
            CLIENT.deleteItem(delete -> delete.tableName(name)
                    .key(DynamoDbKeys.key(DynamoDbKeys.partition(item), DynamoDbKeys.sort(item))));
        }
    }

    void delete() {
        CLIENT.deleteTable(delete -> delete.tableName(name));
    }

    private static DynamoDbOptions options(String table, String endpoint, CreateTable create) {
        return new DynamoDbOptions(
                table,
                "default",
                Optional.of("eu-central-1"),
                Optional.of(endpoint),
                Optional.empty(),
                Optional.of("test"),
                Optional.of(Secret.of(SECRET)),
                create,
                false,
                false,
                50,
                8,
                1000,
                0);
    }
}
