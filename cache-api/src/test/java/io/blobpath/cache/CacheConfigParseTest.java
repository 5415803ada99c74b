package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheConfigParseTest {
    @TempDir
    Path folder;

    @Test
    void textIsBoundLikeAFileInTheGivenFolder() {
        CacheConfig config = CacheConfig.parse("{\"driver\":\"fake\",\"fake\":{\"directory\":\"data\"}}", folder);

        Record options =
                config.resolve(new Providers(List.of(new FakeProvider()))).options();

        assertThat(options)
                .isInstanceOfSatisfying(
                        FakeProvider.FakeOptions.class,
                        fake -> assertThat(fake.directory()).isEqualTo(folder.resolve("data")));
    }

    @Test
    void brokenTextIsRefusedWithItsPositionAndWithoutItsContent() {
        assertThatThrownBy(() -> CacheConfig.parse("{\"password\": hunter2}", folder))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("config: it is not JSON")
                .hasMessageContaining("line 1, column ")
                .hasMessageNotContaining("hunter2");
    }
}
