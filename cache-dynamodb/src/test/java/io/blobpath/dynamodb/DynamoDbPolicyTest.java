package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policies of the page for operators are enough: the proxy refuses every other action. */
class DynamoDbPolicyTest {
    private static final Pattern ACTION = Pattern.compile("\"dynamodb:(\\w+)\"");
    private static final Pattern PART = Pattern.compile("\"(Put|Update|Delete|ConditionCheck)\":\\{");

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void thePolicyForRunTimeIsEnoughForEverythingButTheTable() throws Exception {
        allow(policy("Run time"));
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
        try (DigestLease lease = cache.leases().acquire(digest(1), LeaseOptions.DEFAULT)) {
            lease.put(path("z"));
            lease.promote(path("z"));
            lease.remove(path("a"));
        }
        cache.leases().list(Optional.empty(), 10);

        assertThat(cache.scan(ScanRequest.first(10)).entries()).hasSize(1);
    }

    @Test
    void thePolicyForCreationIsEnoughToCreateTheTable() throws Exception {
        Set<String> actions = policy("Creation");
        actions.addAll(policy("Run time"));
        allow(actions);
        TestTable table = TestTable.missing();

        try (BlobPathCache cache = BlobPathCaches.open(
                CacheConfig.of(table.options(fixture.proxy().endpoint(), CreateTable.IF_MISSING)))) {
            assertThat(cache.put(digest(1), path("a")).added()).isTrue();
        } finally {
            table.delete();
        }
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
        fixture.proxy()
                .script(ask -> actions.containsAll(needed(ask))
                        ? FaultProxy.Fate.PASS
                        : FaultProxy.Fate.fails(400, "AccessDeniedException", false));
    }

    /** A transaction needs the rights of its parts. */
    private static Set<String> needed(FaultProxy.Ask ask) {
        if (ask.operation().equals("TransactGetItems")) {
            return Set.of("GetItem");
        }
        if (!ask.operation().equals("TransactWriteItems")) {
            return Set.of(ask.operation());
        }
        Set<String> needed = new TreeSet<>();
        Matcher part = PART.matcher(ask.body());
        while (part.find()) {
            needed.add(part.group(1).equals("ConditionCheck") ? "ConditionCheckItem" : part.group(1) + "Item");
        }
        return needed;
    }

    /** The actions of the first policy below a heading. */
    private static Set<String> policy(String heading) throws IOException {
        String page = Fixture.page();
        int from = page.indexOf("```json", page.indexOf("### " + heading));
        Set<String> actions = new TreeSet<>();
        Matcher action = ACTION.matcher(page.substring(from, page.indexOf("```", from + 3)));
        while (action.find()) {
            actions.add(action.group(1));
        }
        return actions;
    }
}
