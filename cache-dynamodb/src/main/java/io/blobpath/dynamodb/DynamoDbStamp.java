package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.PARTITION;
import static io.blobpath.dynamodb.DynamoDbKeys.number;
import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.CacheStoreLostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The item that says whose namespace it is and how its items are to be read. */
final class DynamoDbStamp {
    static final int SCHEMA = 1;

    private static final String STORE_ID = "storeId";
    private static final String VERSION = "schemaVersion";

    private DynamoDbStamp() {}

    /**
     * Reads the stamp, or writes it if there is none.
     *
     * @return the store id
     * @throws CacheMismatchException if it is another store's, or of a newer schema
     */
    static String check(DynamoDbItems items, Deadline deadline, Optional<String> expected) {
        Map<String, AttributeValue> stamp = items.get(deadline, items.keys().stamp());
        if (stamp.isEmpty()) {
            stamp = write(
                    items, deadline, expected.orElseGet(() -> UUID.randomUUID().toString()));
        }
        int version = schema(stamp);
        if (version > SCHEMA) {
            throw new CacheMismatchException("the namespace has schema " + version + " and this driver knows up to "
                    + SCHEMA + "; use the newer version of blobpath");
        }
        String storeId = storeId(stamp);
        if (expected.isPresent() && !expected.get().equals(storeId)) {
            throw new CacheMismatchException("the namespace belongs to storeId '" + storeId + "' and not to '"
                    + expected.get() + "'; correct storeId, dynamodb.namespace or dynamodb.table");
        }
        return storeId;
    }

    /** The store id of a namespace that was opened before. */
    static String read(DynamoDbItems items, Deadline deadline) {
        Map<String, AttributeValue> stamp = items.get(deadline, items.keys().stamp());
        if (stamp.isEmpty()) {
            throw new CacheStoreLostException(
                    "the namespace was wiped, its stamp is gone; open the cache again and index anew");
        }
        return storeId(stamp);
    }

    private static String storeId(Map<String, AttributeValue> stamp) {
        AttributeValue storeId = stamp.get(STORE_ID);
        if (storeId == null || storeId.s() == null) {
            throw damaged();
        }
        return storeId.s();
    }

    private static int schema(Map<String, AttributeValue> stamp) {
        AttributeValue schema = stamp.get(VERSION);
        if (schema == null || schema.n() == null) {
            throw damaged();
        }
        return Integer.parseInt(schema.n());
    }

    private static CacheCorruptedException damaged() {
        return new CacheCorruptedException("the stamp of the namespace lacks " + STORE_ID + " or " + VERSION
                + "; restore the table, or remove the items of the namespace and index anew");
    }

    /** The stamp that is there afterwards; another node may have been faster. */
    private static Map<String, AttributeValue> write(DynamoDbItems items, Deadline deadline, String storeId) {
        Map<String, AttributeValue> stamp = new HashMap<>(items.keys().stamp());
        stamp.put(STORE_ID, text(storeId));
        stamp.put(VERSION, number(SCHEMA));
        try {
            items.requests()
                    .send(
                            deadline,
                            (client, bounded) -> client.putItem(put -> put.tableName(items.table())
                                    .item(stamp)
                                    .conditionExpression("attribute_not_exists(" + PARTITION + ")")
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                    .overrideConfiguration(bounded)));
            return stamp;
        } catch (ConditionalCheckFailedException e) {
            return e.item();
        }
    }
}
