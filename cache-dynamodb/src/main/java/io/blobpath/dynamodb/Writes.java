package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.CANONICAL;
import static io.blobpath.dynamodb.DynamoDbKeys.DUPLICATES;
import static io.blobpath.dynamodb.DynamoDbKeys.PARTITION;
import static io.blobpath.dynamodb.DynamoDbKeys.VERSION;
import static io.blobpath.dynamodb.DynamoDbKeys.number;
import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Makes the writes of one transaction out of drafts, each with the condition under which its draft is right. */
final class Writes {
    private static final String ABSENT = "attribute_not_exists(" + PARTITION + ")";
    private static final String PRESENT = "attribute_exists(" + PARTITION + ")";

    private final String table;
    private final DynamoDbKeys keys;

    Writes(String table, DynamoDbKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** The write of the head comes first and, if refused, tells the head. None if the draft changes nothing. */
    List<TransactWriteItem> of(Digest digest, Draft draft, String version) {
        List<TransactWriteItem> writes = new ArrayList<>();
        if (!draft.changed()) {
            return writes;
        }
        writes.add(head(digest, draft, version));
        draft.added()
                .forEach(path ->
                        writes.add(put(keys.duplicate(digest, path), ReturnValuesOnConditionCheckFailure.NONE)));
        draft.removed().forEach(path -> writes.add(delete(keys.duplicate(digest, path), PRESENT, Map.of())));
        return writes;
    }

    private TransactWriteItem head(Digest digest, Draft draft, String version) {
        Map<String, AttributeValue> key = keys.head(digest);
        Optional<Head> before = draft.before();
        Optional<BlobPath> canonical = draft.canonical();
        if (before.isEmpty()) {
            Map<String, AttributeValue> item = new HashMap<>(key);
            item.put(CANONICAL, text(canonical.orElseThrow().toString()));
            item.put(DUPLICATES, number(draft.count()));
            item.put(VERSION, text(version));
            return put(item, ReturnValuesOnConditionCheckFailure.ALL_OLD);
        }
        if (canonical.isEmpty()) {
            return delete(
                    key, VERSION + " = :seen", Map.of(":seen", text(before.get().version())));
        }
        return update(key, draft, before.get(), canonical.get(), version);
    }

    private TransactWriteItem update(
            Map<String, AttributeValue> key, Draft draft, Head before, BlobPath canonical, String version) {
        AttributeValue seen =
                text(draft.pinned() ? before.version() : before.canonical().toString());
        String condition = draft.pinned() ? VERSION + " = :seen" : CANONICAL + " = :seen";
        Map<String, AttributeValue> values = Map.of(
                ":seen", seen,
                ":canonical", text(canonical.toString()),
                ":version", text(version),
                ":more", number(draft.count() - before.duplicates()));
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key)
                        .conditionExpression(condition)
                        .updateExpression("SET " + CANONICAL + " = :canonical, " + VERSION + " = :version ADD "
                                + DUPLICATES + " :more")
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .build();
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, ReturnValuesOnConditionCheckFailure told) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression(ABSENT)
                        .returnValuesOnConditionCheckFailure(told)
                        .build())
                .build();
    }

    private TransactWriteItem delete(
            Map<String, AttributeValue> key, String condition, Map<String, AttributeValue> values) {
        Delete.Builder delete = Delete.builder().tableName(table).key(key).conditionExpression(condition);
        if (!values.isEmpty()) {
            delete.expressionAttributeValues(values);
        }
        return TransactWriteItem.builder().delete(delete.build()).build();
    }
}
