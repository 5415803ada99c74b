package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import io.blobpath.cache.spi.Option;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheConfigParseTest {
    @TempDir
    Path directory;

    record ProbeOptions(@Option("where the files are") Path home) {}

    static final class ProbeProvider implements BlobPathCacheProvider<ProbeOptions> {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Class<ProbeOptions> optionsType() {
            return ProbeOptions.class;
        }

        @Override
        public CacheDriver open(ProbeOptions options, OpenContext context) {
            throw new UnsupportedOperationException("only the binding is under test");
        }
    }

    @Test
    void textIsBoundLikeAFileInTheGivenFolder() {
        CacheConfig config = CacheConfig.parse("{\"driver\":\"probe\",\"probe\":{\"home\":\"data\"}}", directory);

        Record options =
                config.resolve(new Providers(List.of(new ProbeProvider()))).options();

        assertThat(options).isEqualTo(new ProbeOptions(directory.resolve("data")));
    }

    @Test
    void brokenTextIsRefusedWithItsPositionAndWithoutItsContent() {
        assertThatThrownBy(() -> CacheConfig.parse("{\"password\": hunter2}", directory))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("config: it is not JSON")
                .hasMessageContaining("line 1, column ")
                .hasMessageNotContaining("hunter2");
    }
}
