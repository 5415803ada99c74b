package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.text;

import io.blobpath.cache.spi.OwnerToken;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The lease item that a guarded write hangs on.
 *
 * @param key its key
 * @param owner who must hold it
 */
record Guard(Map<String, AttributeValue> key, OwnerToken owner) {
    boolean holds(Map<String, AttributeValue> lease) {
        return new LeaseItem(lease).heldBy(owner);
    }

    TransactWriteItem check(String table) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(table)
                        .key(key)
                        .conditionExpression("leaseOwner = :owner")
                        .expressionAttributeValues(Map.of(":owner", text(owner.toString())))
                        .build())
                .build();
    }
}
