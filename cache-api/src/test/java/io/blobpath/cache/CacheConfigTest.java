package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.FakeProvider.FakeOptions;
import io.blobpath.cache.FakeProvider.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheConfigTest {
    private static final Providers PROVIDERS = new Providers(List.of(new FakeProvider()));

    @TempDir
    Path folder;

    @Test
    void everyTypeOfOptionIsRead() throws IOException {
        var resolved = load("""
                {"driver": "fake", "storeId": "eu", "operationTimeout": "2s", "fake": {
                  "directory": "data", "mapSize": "64MiB", "readers": 8, "lease": "PT5S", "sync": "always",
                  "readOnly": true, "password": "hunter2", "hosts": ["a", "b"]}}
                """).resolve(PROVIDERS);

        assertThat(resolved.options())
                .isEqualTo(new FakeOptions(
                        folder.resolve("data"),
                        new ByteSize(64L << 20),
                        8,
                        Duration.ofSeconds(5),
                        Sync.ALWAYS,
                        true,
                        Optional.of(Secret.of("hunter2")),
                        List.of("a", "b")));
        assertThat(resolved.context().storeId()).contains("eu");
        assertThat(resolved.context().operationTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void absentKeysTakeTheirDefaults() throws IOException {
        var resolved = load("{\"driver\": \"fake\", \"fake\": {\"directory\": \"data\", \"readers\": null}}")
                .resolve(PROVIDERS);

        assertThat(resolved.options())
                .isEqualTo(new FakeOptions(
                        folder.resolve("data"),
                        new ByteSize(1 << 20),
                        4,
                        Duration.ofSeconds(1),
                        Sync.EVERY_SECOND,
                        false,
                        Optional.empty(),
                        List.of()));
        assertThat(resolved.context().operationTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyProblemIsReportedAtOnce() throws IOException {
        assertThat(problems("""
                {"driver": "fake", "storeId": "a b", "operationTimeout": "1ms", "storeID": "x", "fake": {
                  "mapSize": "-1", "readers": 65, "lease": "soon", "sync": "never", "readOnly": "yes", "hosts": "a",
                  "reader": 1}}
                """))
                .containsExactly(
                        "operationTimeout was 'PT0.001S' but it must be at least 10ms",
                        "storeID is unknown; did you mean 'storeId'?",
                        "storeId was 'a b' but it must be 1 to 128 of A-Z a-z 0-9 . _ -",
                        "fake.directory is required: where",
                        "fake.mapSize was '-1' but a size looks like 64GiB, 512MiB, 10kB or 4096",
                        "fake.readers was '65' but it must be at most 64",
                        "fake.lease was 'soon' but a duration looks like 500ms, 10s, 5m, 1h or PT10S",
                        "fake.sync was 'never' but it must be one of always, everySecond",
                        "fake.readOnly was 'yes' but it must be true or false",
                        "fake.hosts was 'a' but it must be a list",
                        "fake.reader is unknown; did you mean 'fake.readers'?");
    }

    @Test
    void anUnknownDriverDoesNotHideOtherProblems() throws IOException {
        assertThat(problems("{\"driver\": \"lmbd\", \"operationTimeout\": 7.5}"))
                .containsExactly(
                        "operationTimeout was '7.5' but it must be a duration",
                        "driver 'lmbd' is not on the class path; add the artifact that provides it (found: fake)");
    }

    @Test
    void theSectionsOfOtherDriversAreLeftAlone() throws IOException {
        var resolved = load("{\"driver\": \"fake\", \"fake\": {\"directory\": \"d\"}, \"redis\": {\"tsl\": true}}")
                .resolve(PROVIDERS);

        assertThat(resolved.provider().name()).isEqualTo("fake");
        assertThat(problems("{\"driver\": \"fake\", \"fake\": {\"directory\": \"d\"}, \"redsi\": {}}"))
                .containsExactly("redsi is unknown; did you mean 'redis'?");
    }

    @Test
    void anUnknownDriverIsTheOnlyProblemWhateverItsSectionIsNamed() throws IOException {
        assertThat(problems("{\"driver\": \"fakee\", \"fake\": {\"directory\": \"d\"}}"))
                .containsExactly("driver 'fakee' is not on the class path; did you mean 'fake'? (found: fake)");
        assertThat(problems("{\"driver\": \"acme\", \"acme\": {\"address\": \"a\"}}"))
                .containsExactly(
                        "driver 'acme' is not on the class path; add the artifact that provides it (found: fake)");
    }

    @Test
    void aDriverThatIsNoNameIsReported() throws IOException {
        assertThat(problems("{\"driver\": 5}")).hasSize(1).first().asString().contains("driver '5'");
        assertThat(problems("{\"driver\": \"\"}")).hasSize(1).first().asString().contains("driver ''");
        assertThat(problems("{\"driver\": {}}")).hasSize(1).first().asString().contains("driver was '{}'");
        assertThat(problems("{}")).containsExactly("driver is required: the name of the driver");
    }

    @Test
    void aKeyOutOfReachComesWithAllKnownOnes() throws IOException {
        assertThat(problems("{\"driver\": \"fake\", \"fake\": {\"directory\": \"d\", \"completely-else\": 1}}"))
                .containsExactly("fake.completely-else is unknown; known are: directory, mapSize, readers, lease, sync,"
                        + " readOnly, password, hosts");
    }

    @Test
    void settersWinOverTheFile() throws IOException {
        var resolved = load("{\"driver\": \"fake\", \"storeId\": \"eu\", \"operationTimeout\": \"2s\","
                        + " \"fake\": {\"directory\": \"d\"}}")
                .withStoreId("us")
                .withOperationTimeout(Duration.ofSeconds(3))
                .resolve(PROVIDERS);

        assertThat(resolved.context().storeId()).contains("us");
        assertThat(resolved.context().operationTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void optionsMadeInCodeAreCheckedToo() {
        FakeOptions options = new FakeOptions(
                folder, new ByteSize(1), 0, Duration.ZERO, Sync.ALWAYS, false, Optional.empty(), List.of());
        CacheConfig config = CacheConfig.of(options).withStoreId("").withOperationTimeout(Duration.ofDays(1));

        assertThatThrownBy(() -> config.resolve(PROVIDERS))
                .isInstanceOfSatisfying(
                        CacheConfigException.class,
                        refusal -> assertThat(refusal.problems())
                                .containsExactly(
                                        "operationTimeout was 'PT24H' but it must be at most 1h",
                                        "fake.mapSize was '1B' but it must be at least 4KiB",
                                        "fake.readers was '0' but it must be at least 1",
                                        "fake.lease was 'PT0S' but it must be at least 10ms",
                                        "storeId was '' but it must be 1 to 128 of A-Z a-z 0-9 . _ -"));
    }

    @Test
    void aFileThatIsNoJsonObjectIsRefused() throws IOException {
        assertThatThrownBy(() -> load("[]"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("one JSON object");
        assertThatThrownBy(() -> load("{\n  \"driver\": \"fake\",\n  \"driver\": \"fake\"}"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> load("{\"password\": \"hunter2\" oops}"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> load("{} {}")).isInstanceOf(CacheConfigException.class);
        assertThatThrownBy(() -> CacheConfig.load(folder.resolve("absent")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> CacheConfig.load(folder)).isInstanceOf(CacheConfigException.class);
    }

    private CacheConfig load(String json) throws IOException {
        return CacheConfig.load(Files.writeString(folder.resolve("config.json"), json));
    }

    private List<String> problems(String json) throws IOException {
        CacheConfig config = load(json);
        return catchThrowableOfType(CacheConfigException.class, () -> config.resolve(PROVIDERS))
                .problems();
    }
}
