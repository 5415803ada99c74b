package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.FakeProvider.FakeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a secret may come from, and that it goes nowhere else. */
class SecretOptionTest {
    private static final Providers PROVIDERS = new Providers(List.of(new FakeProvider()));

    @TempDir
    Path folder;

    @Test
    void aSecretMayBeInAFileBesideTheConfig() throws IOException {
        Files.writeString(folder.resolve("password.txt"), "hunter2\n");

        assertThat(password("{\"file\": \"password.txt\"}")).isEqualTo("hunter2");
    }

    @Test
    void aSecretMayBeInTheEnvironment() throws IOException {
        Map.Entry<String, String> variable =
                System.getenv().entrySet().iterator().next();

        assertThat(password("{\"env\": \"" + variable.getKey() + "\"}")).isEqualTo(variable.getValue());
    }

    @Test
    void aSecretThatIsNowhereIsAProblem() throws IOException {
        assertThat(problem("{\"file\": \"absent.txt\"}")).contains("fake.password", "absent.txt");
        assertThat(problem("{\"env\": \"BLOBPATH_NO_SUCH\"}")).contains("fake.password", "BLOBPATH_NO_SUCH");
    }

    @Test
    void aSecretOfTheWrongFormIsNotShown() throws IOException {
        assertThat(problem("[\"hunter2\"]")).contains("fake.password is wrong").doesNotContain("hunter2");
        assertThat(problem("{\"value\": \"hunter2\"}")).doesNotContain("hunter2");
        assertThat(problem("{\"env\": \"HOME\", \"value\": \"hunter2\"}")).doesNotContain("hunter2");
    }

    @Test
    void noTextShowsASecret() throws IOException {
        CacheConfig config = load("\"hunter2\"");

        assertThat(config.toString()).doesNotContain("hunter2");
        assertThat(config.resolve(PROVIDERS).toString()).doesNotContain("hunter2");
        assertThat(CacheConfig.of(config.resolve(PROVIDERS).options()).toString())
                .doesNotContain("hunter2");
    }

    private CacheConfig load(String password) throws IOException {
        return CacheConfig.load(Files.writeString(
                folder.resolve("config.json"),
                "{\"driver\": \"fake\", \"fake\": {\"directory\": \"d\", \"password\": " + password + "}}"));
    }

    private String password(String password) throws IOException {
        FakeOptions options = (FakeOptions) load(password).resolve(PROVIDERS).options();
        return options.password().orElseThrow().reveal();
    }

    private String problem(String password) throws IOException {
        CacheConfig config = load(password);
        return catchThrowableOfType(CacheConfigException.class, () -> config.resolve(PROVIDERS))
                .getMessage();
    }
}
