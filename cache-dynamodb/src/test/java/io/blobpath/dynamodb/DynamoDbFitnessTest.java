package io.blobpath.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

final class DynamoDbFitnessTest {
    private static final TableDescription SOUND = TableDescription.builder()
            .tableName("blobs")
            .tableStatus(TableStatus.ACTIVE)
            .deletionProtectionEnabled(true)
            .billingModeSummary(billing -> billing.billingMode(BillingMode.PAY_PER_REQUEST))
            .build();

    @Test
    void aSoundTableHasNothingToMend() {
        assertThat(DynamoDbFitness.findings(SOUND)).isEmpty();
    }

    @Test
    void whatEndangersRecordsOrWorkIsTold() {
        TableDescription table = SOUND.toBuilder()
                .tableStatus(TableStatus.ARCHIVING)
                .deletionProtectionEnabled(false)
                .replicas(List.of(
                        ReplicaDescription.builder().regionName("eu-west-1").build()))
                .billingModeSummary(billing -> billing.billingMode(BillingMode.PROVISIONED))
                .build();

        assertThat(DynamoDbFitness.findings(table))
                .extracting(Finding::text)
                .allMatch(text -> text.startsWith("table blobs "))
                .satisfiesExactly(
                        status -> assertThat(status).contains("is ARCHIVING"),
                        protection -> assertThat(protection).contains("deleted by mistake"),
                        replicas -> assertThat(replicas).contains("the last writer wins"),
                        capacity -> assertThat(capacity).contains("fixed capacity"));
    }
}
