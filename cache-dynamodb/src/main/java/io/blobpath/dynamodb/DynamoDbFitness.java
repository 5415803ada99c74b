package io.blobpath.dynamodb;

import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.Finding;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Looks at the table for what endangers records or work. */
final class DynamoDbFitness {
    private DynamoDbFitness() {}

    /** What is wrong with the table; nothing if this user may not read its description. */
    static List<Finding> look(DynamoDbTable table, Deadline deadline) {
        try {
            return table.describe(deadline).map(DynamoDbFitness::findings).orElse(List.of());
        } catch (CacheAccessException e) {
            return List.of();
        }
    }

    static List<Finding> findings(TableDescription table) {
        List<Finding> findings = new ArrayList<>();
        String where = "table " + table.tableName();
        if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
            findings.add(new Finding(
                    where,
                    "is " + table.tableStatusAsString() + ", so calls may fail",
                    "look why, and wait until it is ACTIVE"));
        }
        if (!Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
            findings.add(new Finding(
                    where,
                    "may be deleted by mistake, and with it all records",
                    "turn its deletion protection on; lost records can be found again with rebuild"));
        }
        if (table.hasReplicas()
                && !table.replicas().isEmpty()
                && table.multiRegionConsistency() != MultiRegionConsistency.STRONG) {
            findings.add(new Finding(
                    where,
                    "is a global table where the last writer wins, so that there are no leases on it and records may be"
                            + " lost",
                    "use one region, or multi-region strong consistency"));
        }
        if (table.billingModeSummary() != null && table.billingModeSummary().billingMode() == BillingMode.PROVISIONED) {
            findings.add(new Finding(
                    where,
                    "has a fixed capacity, so that calls are throttled and fail under load",
                    "use on-demand capacity, or watch its throttled requests"));
        }
        return findings;
    }
}
