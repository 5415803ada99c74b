package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L6")
class ProvidersTest {
    @Test
    void twoDriversOfOneNameAreRefusedWhoeverComesFirst() {
        assertThatThrownBy(() -> new Providers(List.of(new FakeProvider(), new Twin())))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("two drivers are named 'fake'")
                .hasMessageContaining(FakeProvider.class.getName())
                .hasMessageContaining(Twin.class.getName());
        assertThatThrownBy(() -> new Providers(List.of(new Twin(), new FakeProvider())))
                .isInstanceOf(CacheConfigException.class);
    }

    @Test
    void oneDriverFoundTwiceIsOne() {
        assertThat(new Providers(List.of(new FakeProvider(), new FakeProvider())).names())
                .containsExactly("fake");
    }

    @Test
    void aKnownDriverThatIsMissingComesWithItsArtifact() {
        assertThatThrownBy(() -> new Providers(List.of(new FakeProvider())).byName("redis"))
                .hasMessage(
                        "driver 'redis' is not on the class path; add the artifact io.blobpath:cache-redis (found: fake)");
        assertThatThrownBy(() -> new Providers(List.of()).byName("lmdb"))
                .hasMessage(
                        "driver 'lmdb' is not on the class path; add the artifact io.blobpath:cache-lmdb (found: none)");
    }

    @Test
    void aMistypedDriverComesWithTheNearest() {
        assertThatThrownBy(() -> new Providers(List.of(new FakeProvider())).byName("fkae"))
                .hasMessageContaining("did you mean 'fake'?");
    }

    @Test
    void optionsOfNoDriverAreRefused() {
        assertThatThrownBy(() -> new Providers(List.of(new FakeProvider())).byOptions(NoOptions.class))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining(NoOptions.class.getName())
                .hasMessageContaining("found: fake");
    }

    private record NoOptions() {}

    private static final class Twin implements BlobPathCacheProvider<NoOptions> {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public CacheDriver open(NoOptions options, OpenContext context) {
            return new FakeDriver();
        }
    }
}
