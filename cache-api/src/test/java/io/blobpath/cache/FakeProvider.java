package io.blobpath.cache;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import io.blobpath.cache.spi.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A driver, named {@code fake}, with an option of every type. */
final class FakeProvider implements BlobPathCacheProvider<FakeProvider.FakeOptions> {
    enum Sync {
        ALWAYS,
        EVERY_SECOND
    }

    record FakeOptions(
            @Option("where") Path directory,

            @Option(value = "how large", fallback = "1MiB", min = "4KiB", max = "1GiB")
            ByteSize mapSize,

            @Option(value = "how many", fallback = "4", min = "1", max = "64")
            int readers,

            @Option(value = "how long", fallback = "1s", min = "10ms")
            Duration lease,

            @Option(value = "when", fallback = "everySecond")
            Sync sync,

            @Option(value = "whether", fallback = "false") boolean readOnly,

            @Option("who") Optional<Secret> password,
            @Option("whither") List<String> hosts) {}

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Class<FakeOptions> optionsType() {
        return FakeOptions.class;
    }

    @Override
    public CacheDriver open(FakeOptions options, OpenContext context) {
        return new FakeDriver();
    }
}
