package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.OptionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules L5 to L8: what is refused when a cache is opened. */
abstract sealed class OpeningRules extends LifecycleRules permits ConcurrencyRules {
    @TempDir
    Path folder;

    @Test
    @Tag("L5")
    public final void aBadConfigIsRefusedWithEveryBadKey() throws IOException {
        String driver = driver();
        List<String> keys =
                BlobPathCaches.options(driver).stream().map(OptionInfo::key).toList();
        String section = keys.stream()
                .map(key -> "\"" + key + "\": {\"no\": \"value\"}")
                .collect(Collectors.joining(", ", "{", "}"));

        CacheConfigException refusal = refused("{\"driver\": \"" + driver
                + "\", \"storeId\": \"a b\", \"operationTimeout\": \"-5s\", \"" + driver + "\": " + section + "}");

        assertThat(refusal.problems()).as("problems").hasSize(keys.size() + 2);
        assertThat(keys).allSatisfy(key -> assertThat(refusal).hasMessageContaining(driver + "." + key));
        assertThat(refusal).hasMessageContaining("storeId").hasMessageContaining("operationTimeout");
    }

    @Test
    @Tag("L5")
    public final void anUnknownKeyComesWithTheNearestKnownOne() throws IOException {
        String driver = driver();
        List<String> keys =
                BlobPathCaches.options(driver).stream().map(OptionInfo::key).toList();
        String section = keys.stream().map(key -> "\"" + key + "x\": 1").collect(Collectors.joining(", ", "{", "}"));

        CacheConfigException refusal = refused(
                "{\"driver\": \"" + driver + "\", \"operationTimeot\": \"5s\", \"" + driver + "\": " + section + "}");

        assertThat(refusal).hasMessageContaining("operationTimeot").hasMessageContaining("'operationTimeout'");
        assertThat(keys)
                .allSatisfy(key -> assertThat(refusal)
                        .hasMessageContaining(driver + "." + key + "x")
                        .hasMessageContaining("'" + driver + "." + key + "'"));
    }

    @Test
    @Tag("L6")
    public final void theDriverIsFoundByItsName() {
        String driver = driver();

        assertThat(BlobPathCaches.drivers()).as("drivers on the class path").contains(driver);
    }

    @Test
    @Tag("L6")
    public final void anUnknownDriverIsRefusedWithThoseInstalled() throws IOException {
        CacheConfigException refusal = refused("{\"driver\": \"no-such-driver\"}");

        assertThat(refusal)
                .hasMessageContaining("no-such-driver")
                .hasMessageContaining("artifact")
                .hasMessageContaining(driver());
    }

    @Test
    @Tag("L7")
    public final void aNewerSchemaIsRefusedWithBothVersions() {
        needs(Capability.NEWER_SCHEMA);
        BlobPathCache cache = open();
        int known = cache.info().schema();
        cache.close();

        int stamped = store().stampNewerSchema();

        assertThatThrownBy(this::open)
                .isInstanceOf(CacheMismatchException.class)
                .hasMessageContaining(Integer.toString(stamped))
                .hasMessageContaining(Integer.toString(known));
    }

    @Test
    @Tag("L8")
    public final void anotherStoreIdIsRefusedWithBothIds() {
        BlobPathCache cache = openAs("registry-eu");
        cache.put(digest(1), path("a"));
        cache.close();

        assertThatThrownBy(() -> openAs("registry-us"))
                .isInstanceOf(CacheMismatchException.class)
                .hasMessageContaining("registry-eu")
                .hasMessageContaining("registry-us");

        assertThat(openAs("registry-eu").info().storeId()).isEqualTo("registry-eu");
    }

    @Test
    @Tag("L8")
    public final void aRefusedOpenDisturbsNobody() {
        BlobPathCache cache = openAs("registry-eu");
        cache.put(digest(1), path("a"));

        assertThatThrownBy(() -> openAs("registry-us")).isInstanceOf(CacheMismatchException.class);

        cache.put(digest(1), path("b"));
        assertPaths(openAs("registry-eu"), digest(1), "a", "b");
    }

    @Test
    @Tag("L8")
    public final void withoutAStoreIdTheOneThatIsThereIsTaken() {
        String given = open().info().storeId();

        assertThat(given).as("id of a new store").isNotEmpty();
        assertThat(open().info().storeId()).as("id seen by a second handle").isEqualTo(given);
        assertThat(openAs(given).info().storeId()).as("id asked for").isEqualTo(given);
    }

    @Test
    @Tag("L8")
    public final void storesDoNotSeeEachOther() throws Exception {
        BlobPathCache cache = open();
        BlobPathCache another = open(anotherStore());

        cache.put(digest(1), path("a"));
        another.put(digest(1), path("b"));
        cache.put(digest(2), path("c"));

        assertPaths(cache, digest(1), "a");
        assertPaths(another, digest(1), "b");
        assertAbsent(another, digest(2));
        assertThat(cache.info().storeId()).isNotEqualTo(another.info().storeId());
    }

    @Test
    @Tag("L8")
    public final void firstOpensAtOnceAgreeOnOneStamp() throws Exception {
        List<Callable<String>> opens = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(each -> opens.add(() -> {
                    try (BlobPathCache cache = store().open(store().config())) {
                        return cache.info().storeId();
                    }
                }));

        assertThat(Race.run(opens))
                .as("ids of a new store, told to those who opened it at once")
                .containsOnly(open().info().storeId());
    }

    @Test
    @Tag("L8")
    public final void ofFirstOpensWithDifferentIdsOneWins() throws Exception {
        List<Callable<Boolean>> opens = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(number -> opens.add(() -> {
                    try (BlobPathCache cache = store().open(store().config().withStoreId("store-" + number))) {
                        return cache.info().storeId().equals("store-" + number);
                    } catch (CacheMismatchException refused) {
                        return false;
                    }
                }));

        assertThat(Race.run(opens).stream().filter(won -> won))
                .as("opens that won")
                .hasSize(1);
    }

    @Test
    @Tag("L8")
    public final void aWipedStoreIsANewOne() {
        BlobPathCache cache = openAs("registry-eu");
        cache.put(digest(1), path("a"));
        cache.close();

        store().wipe();

        BlobPathCache after = openAs("registry-us");
        assertThat(after.info().storeId()).isEqualTo("registry-us");
        assertAbsent(after, digest(1));
    }

    private String driver() {
        return open().info().driver();
    }

    private CacheConfigException refused(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), json);
        CacheConfigException refusal = catchThrowableOfType(
                CacheConfigException.class, () -> closedLater(store().open(CacheConfig.load(file))));
        assertThat(refusal).as("refusal of %s", json).isNotNull();
        return refusal;
    }
}
