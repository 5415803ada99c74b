package io.blobpath.dynamodb;

import io.blobpath.cache.Digest;
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
        table.make();
        return table;
    }

    void make() {
        DynamoDbRequests requests = new DynamoDbRequests(CLIENT, Duration.ofSeconds(30), DynamoDbRequests.FIRST_PAUSE);
        new DynamoDbTable(requests, options(name, "", CreateTable.IF_MISSING))
                .ensure(Deadline.in(Duration.ofSeconds(30)));
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

    /** Of a table to be created with all protection. */
    DynamoDbOptions protectedOptions(String endpoint) {
        return options(name, endpoint, CreateTable.IF_MISSING, true, 1000, 0);
    }

    DynamoDbOptions scanning(String endpoint, int pageSize, int readUnits) {
        return options(name, endpoint, CreateTable.NEVER, false, pageSize, readUnits);
    }

    int stampNewerSchema() {
        CLIENT.updateItem(update -> update.tableName(name)
                .key(new DynamoDbKeys("default").stamp())
                .updateExpression("SET schemaVersion = :newer")
                .expressionAttributeValues(Map.of(":newer", DynamoDbKeys.number(2))));
        return 2;
    }

    /** Makes of the canonical path what no path is. */
    void damage(Digest digest) {
        CLIENT.updateItem(update -> update.tableName(name)
                .key(new DynamoDbKeys("default").head(digest))
                .updateExpression("SET canonical = :damaged")
                .expressionAttributeValues(Map.of(":damaged", AttributeValue.fromS("some//path"))));
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

    /** Also if it is protected, or was never made. */
    void deleteIfThere() {
        if (CLIENT.listTables().tableNames().contains(name)) {
            CLIENT.updateTable(update -> update.tableName(name).deletionProtectionEnabled(false));
            delete();
        }
    }

    private static DynamoDbOptions options(String table, String endpoint, CreateTable create) {
        return options(table, endpoint, create, false, 1000, 0);
    }

    private static DynamoDbOptions options(
            String table,
            String endpoint,
            CreateTable create,
            boolean isProtected,
            int scanPageSize,
            int scanReadUnits) {
        return new DynamoDbOptions(
                table,
                "default",
                Optional.of("eu-central-1"),
                Optional.of(endpoint),
                Optional.empty(),
                Optional.of("test"),
                Optional.of(Secret.of(SECRET)),
                create,
                isProtected,
                isProtected,
                50,
                8,
                scanPageSize,
                scanReadUnits);
    }
}
