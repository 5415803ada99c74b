package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.spi.OpenContext;
import io.blobpath.tck.memory.MemoryStores;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Bugs in what is refused when a cache is opened. */
enum OpeningFaults implements Fault {
    /** Only the first thing that is wrong is told. */
    @Breaks("L5")
    STOPS_AT_THE_FIRST_PROBLEM {
        @Override
        public BlobPathCache open(CacheConfig config, Function<CacheConfig, BlobPathCache> sound) {
            try {
                return sound.apply(config);
            } catch (CacheConfigException e) {
                throw new CacheConfigException(List.of(e.problems().get(0)));
            }
        }
    },
    /** It is not told which drivers there are. */
    @Breaks("L6")
    KEEPS_THE_DRIVERS_SECRET {
        @Override
        public BlobPathCache open(CacheConfig config, Function<CacheConfig, BlobPathCache> sound) {
            try {
                return sound.apply(config);
            } catch (CacheConfigException e) {
                throw new CacheConfigException(e.problems().stream()
                        .map(problem -> problem.replaceAll("\\(found: .*\\)", ""))
                        .toList());
            }
        }
    },
    /** The stamp's version is overwritten and not compared. */
    @Breaks("L7")
    OVERWRITES_THE_SCHEMA {
        @Override
        public OpenContext context(OpenContext context, FaultyOptions options) {
            MemoryStores.stampSchema(options.store(), 1);
            return context;
        }
    },
    /** The store id of the config is not compared with the stamp's. */
    @Breaks(
            value = "L8",
            also = {"E2", "E3"})
    IGNORES_THE_STORE_ID {
        @Override
        public OpenContext context(OpenContext context, FaultyOptions options) {
            return new OpenContext(Optional.empty(), context.operationTimeout());
        }
    };
}
