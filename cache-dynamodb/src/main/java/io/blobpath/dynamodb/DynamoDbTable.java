package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.DynamoDbKeys.PARTITION;
import static io.blobpath.dynamodb.DynamoDbKeys.SORT;

import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheUnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The table itself. When it exists, all rights on tables may be denied. */
final class DynamoDbTable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbTable.class);

    private final DynamoDbRequests requests;
    private final DynamoDbOptions options;

    DynamoDbTable(DynamoDbRequests requests, DynamoDbOptions options) {
        this.requests = requests;
        this.options = options;
    }

    /**
     * The description; empty if there is no such table.
     *
     * @throws CacheAccessException if it may not be read
     */
    Optional<TableDescription> describe(Deadline deadline) {
        return requests.send(deadline, (client, bounded) -> {
            try {
                return Optional.of(client.describeTable(
                                describe -> describe.tableName(options.table()).overrideConfiguration(bounded))
                        .table());
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Whether leases hold on this table. Where the last writer wins among regions, a condition that is true in one region says
     * nothing about the other ones. Who may not read the description is believed to know.
     */
    boolean leasesHold(Deadline deadline) {
        try {
            return describe(deadline)
                    .filter(table -> table.hasReplicas() && !table.replicas().isEmpty())
                    .filter(table -> table.multiRegionConsistency() != MultiRegionConsistency.STRONG)
                    .isEmpty();
        } catch (CacheAccessException e) {
            return true;
        }
    }

    /**
     * Creates the table unless it exists, and waits until it can be used, whoever creates it.
     *
     * @throws CacheAccessException if it does not exist and may not be created
     */
    void ensure(Deadline deadline) {
        Optional<TableDescription> found;
        try {
            found = describe(deadline);
        } catch (CacheAccessException e) {
            LOG.info(
                    "whether table {} exists cannot be seen ({}); it is used as it is",
                    options.table(),
                    e.getMessage());
            return;
        }
        boolean created = found.isEmpty() && create(deadline);
        for (int attempt = 0; !usable(found); attempt++) {
            requests.pause(deadline, attempt, null);
            found = describe(deadline);
        }
        if (created) {
            prepare(deadline);
        }
    }

    private static boolean usable(Optional<TableDescription> table) {
        TableStatus status = table.map(TableDescription::tableStatus).orElse(TableStatus.CREATING);
        if (status == TableStatus.DELETING) {
            throw new CacheUnavailableException("the table is being deleted; open again when it is gone");
        }
        return status == TableStatus.ACTIVE || status == TableStatus.UPDATING;
    }

    /** Whether it was created here; another node may have been faster. */
    private boolean create(Deadline deadline) {
        CreateTableRequest.Builder create = CreateTableRequest.builder()
                .tableName(options.table())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(options.deletionProtection())
                .keySchema(key(PARTITION, KeyType.HASH), key(SORT, KeyType.RANGE))
                .attributeDefinitions(text(PARTITION), text(SORT));
        return requests.send(deadline, (client, bounded) -> {
            try {
                client.createTable(create.overrideConfiguration(bounded).build());
                return true;
            } catch (ResourceInUseException e) {
                return false;
            }
        });
    }

    private void prepare(Deadline deadline) {
        requests.send(
                deadline,
                (client, bounded) -> client.updateTimeToLive(ttl -> ttl.tableName(options.table())
                        .timeToLiveSpecification(
                                spec -> spec.attributeName(DynamoDbKeys.TTL).enabled(true))
                        .overrideConfiguration(bounded)));
        if (options.pointInTimeRecovery()) {
            requests.send(
                    deadline,
                    (client, bounded) -> client.updateContinuousBackups(backups -> backups.tableName(options.table())
                            .pointInTimeRecoverySpecification(spec -> spec.pointInTimeRecoveryEnabled(true))
                            .overrideConfiguration(bounded)));
        }
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
