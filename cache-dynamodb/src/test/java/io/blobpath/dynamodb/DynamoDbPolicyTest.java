package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.ScanRequest;
import io.blobpath.cache.lease.DigestLease;
import io.blobpath.cache.lease.LeaseOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of the page for operators are enough: the proxy refuses every other action. */
class DynamoDbPolicyTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void thePolicyForRunTimeIsEnough() throws Exception {
        allow(Policies.of("Run time"));

        assertThatCode(this::work).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("actionsOfRunTime")
    void thePolicyForRunTimeHasNoActionTooMany(String action) throws Exception {
        Set<String> actions = Policies.of("Run time");
        actions.remove(action);
        allow(actions);

        assertThatThrownBy(this::work).isInstanceOf(CacheAccessException.class);
    }

    @Test
    void thePolicyForAdministrationIsEnough() throws Exception {
        Set<String> actions = Policies.of("Administration");
        actions.addAll(Policies.of("Run time"));
        allow(actions);
        work();

        assertThat(fixture.open().scan(ScanRequest.first(10)).entries()).hasSize(1);
    }

    @Test
    void aScanNeedsThePolicyForAdministration() throws Exception {
        allow(Policies.of("Run time"));
        BlobPathCache cache = fixture.open();

        assertThatThrownBy(() -> cache.scan(ScanRequest.first(10))).isInstanceOf(CacheAccessException.class);
    }

    static Set<String> actionsOfRunTime() throws IOException {
        return Policies.of("Run time");
    }

    /** What a registry does: everything but scans. The table is there, whether or not one may be created. */
    private void work() {
        BlobPathCache cache = fixture.open(
                CacheConfig.of(fixture.table().options(fixture.proxy().endpoint(), CreateTable.IF_MISSING)));
        cache.putAll(List.of(
                new BlobRecord(digest(1), path("m")),
                new BlobRecord(digest(1), path("a")),
                new BlobRecord(digest(2), path("a"))));
        cache.remove(digest(1), path("m"));
        cache.remove(digest(2), path("a"));
        cache.contains(digest(1), path("a"));
        cache.paths(digest(1), PageRequest.first(10));
        try (DigestLease lease =
                cache.leases().tryAcquire(digest(1), LeaseOptions.DEFAULT).orElseThrow()) {
            lease.put(path("z"));
            lease.promote(path("z"));
            lease.remove(path("a"));
        }
        cache.leases().list(Optional.empty(), 10);
    }

    @Test
    void aRefusalIsTypedAndSaysWhatToDo() {
        BlobPathCache cache = fixture.open();
        allow(Set.of());

        assertThatThrownBy(() -> cache.put(digest(1), path("a")))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("policy")
                .hasMessageNotContaining(TestTable.SECRET);
    }

    @Test
    void aTableThatMayNotBeCreatedIsToldAsSuch() {
        allow(Set.of("DescribeTable"));
        TestTable table = TestTable.missing();
        CacheConfig config = CacheConfig.of(table.options(fixture.proxy().endpoint(), CreateTable.IF_MISSING));

        assertThatThrownBy(() -> BlobPathCaches.open(config))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("policy");
    }

    @Test
    void aMissingTableIsNamedWithTheWayOut() {
        TestTable table = TestTable.missing();
        CacheConfig config = CacheConfig.of(table.options(fixture.proxy().endpoint()));

        assertThatThrownBy(() -> BlobPathCaches.open(config))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("dynamodb.create");
    }

    @Test
    void aTableWhereTheLastWriterWinsHasNoLeases() {
        fixture.proxy()
                .script(ask -> ask.operation().equals("DescribeTable")
                        ? new FaultProxy.Fate.Answer(
                                200,
                                "{\"Table\":{\"TableStatus\":\"ACTIVE\",\"Replicas\":[{\"RegionName\":\"us-east-1\"}]}}",
                                false)
                        : FaultProxy.Fate.PASS);
        BlobPathCache cache = fixture.open();

        assertThatThrownBy(cache::leases).isInstanceOf(UnsupportedOperationException.class);
    }

    private void allow(Set<String> actions) {
        fixture.proxy().script(Policies.allowing(actions));
    }
}
