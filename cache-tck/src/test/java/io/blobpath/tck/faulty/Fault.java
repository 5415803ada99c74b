package io.blobpath.tck.faulty;

import static java.util.Objects.requireNonNull;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.OpenContext;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/** One bug, put into the reference driver. Each method is a place where it may sit; by default there is none. */
interface Fault {
    /** Its name in {@code docs/contract.md}. */
    String name();

    /** Of the enum. */
    Class<? extends Enum<?>> getDeclaringClass();

    /** The rules that it breaks. */
    default Breaks breaks() {
        try {
            return requireNonNull(getDeclaringClass().getField(name()).getAnnotation(Breaks.class), name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(name() + " is no constant", e);
        }
    }

    /** The driver with the bug. */
    default CacheDriver driver(CacheDriver sound, FaultyOptions options) {
        return sound;
    }

    /** The cache with the bug, as of an author who does without the shared checks. */
    default BlobPathCache cache(BlobPathCache sound) {
        return sound;
    }

    /** What the driver makes of the context before it opens the store. */
    default OpenContext context(OpenContext context, FaultyOptions options) {
        return context;
    }

    /** The way to open a cache. */
    default BlobPathCache open(CacheConfig config, Function<CacheConfig, BlobPathCache> sound) {
        return cache(sound.apply(config));
    }

    /** Ends what the bug left running; the store is gone. */
    default void end(String store) {}

    static Stream<Fault> all() {
        return Stream.<Fault[]>of(
                        LeaseFaults.values(), // Which wait longest, and so are run first.
                        GuardFaults.values(),
                        PutFaults.values(),
                        LookupFaults.values(),
                        RemoveFaults.values(),
                        BulkFaults.values(),
                        ScanFaults.values(),
                        LifecycleFaults.values(),
                        OpeningFaults.values(),
                        ConcurrencyFaults.values(),
                        ErrorFaults.values())
                .flatMap(Arrays::stream);
    }

    static Fault named(String name) {
        return all().filter(fault -> fault.name().equals(name)).findFirst().orElseThrow();
    }

    /** Gives others the time to come between two steps that should be one. */
    static void pause() {
        LockSupport.parkNanos(100_000);
    }
}
