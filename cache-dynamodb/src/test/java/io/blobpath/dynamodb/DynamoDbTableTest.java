package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** How a table comes to be. The server for tests knows no continuous backups, so that the proxy answers for it. */
class DynamoDbTableTest {
    private static final int NODES = 4;

    private final FaultProxy proxy = new FaultProxy();
    private final TestTable table = TestTable.missing();
    private final CacheConfig config = CacheConfig.of(table.protectedOptions(proxy.endpoint()));

    @AfterEach
    void close() {
        proxy.close();
        table.deleteIfThere();
    }

    @Test
    void thePolicyForCreationIsEnough() throws Exception {
        allow(actions());

        try (BlobPathCache cache = BlobPathCaches.open(config)) {
            assertThat(cache.put(digest(1), path("a")).added()).isTrue();
        }

        TableDescription made = TestTable.client()
                .describeTable(describe -> describe.tableName(table.name()))
                .table();
        assertThat(made.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(made.deletionProtectionEnabled()).isTrue();
        assertThat(proxy.calls()).extracting(FaultProxy.Call::operation).contains("UpdateTimeToLive");
    }

    @ParameterizedTest
    @MethodSource("actionsOfCreation")
    void thePolicyForCreationHasNoActionTooMany(String action) throws Exception {
        Set<String> actions = actions();
        actions.remove(action);
        allow(actions);

        assertThatThrownBy(() -> BlobPathCaches.open(config).close())
                .isInstanceOfAny(CacheAccessException.class, CacheConfigException.class);
    }

    @Test
    void nodesThatCreateItAtOnceAgree() throws Exception {
        allow(actions());
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        List<Future<String>> opening = new ArrayList<>();
        try {
            for (int node = 0; node < NODES; node++) {
                opening.add(threads.submit(() -> {
                    try (BlobPathCache cache = BlobPathCaches.open(config)) {
                        return cache.info().storeId();
                    }
                }));
            }
            String storeId = opening.get(0).get();
            for (Future<String> other : opening) {
                assertThat(other.get()).isEqualTo(storeId);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTableThatSomebodyElseCreatesIsWaitedFor() {
        AtomicInteger asked = new AtomicInteger();
        proxy.script(ask -> ask.operation().equals("DescribeTable") && asked.getAndIncrement() < 3
                ? new FaultProxy.Fate.Answer(200, "{\"Table\":{\"TableStatus\":\"CREATING\"}}", false)
                : ask.operation().equals("CreateTable")
                        ? FaultProxy.Fate.fails(400, "ResourceInUseException", false)
                        : FaultProxy.Fate.PASS);
        table.make();

        BlobPathCaches.open(config).close();

        assertThat(asked.get()).isGreaterThan(3);
    }

    static Set<String> actionsOfCreation() throws IOException {
        return Policies.of("Creation");
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = Policies.of("Creation");
        actions.addAll(Policies.of("Run time"));
        return actions;
    }

    private void allow(Set<String> actions) {
        FaultProxy.Script policy = Policies.allowing(actions);
        proxy.script(ask -> {
            FaultProxy.Fate fate = policy.of(ask);
            return fate == FaultProxy.Fate.PASS && ask.operation().equals("UpdateContinuousBackups")
                    ? new FaultProxy.Fate.Answer(200, "{}", false)
                    : fate;
        });
    }
}
