package io.blobpath.tck.memory;

import io.blobpath.cache.Digest;
import io.blobpath.tck.FaultControl;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stores of the reference driver in this JVM, for tests: how to empty one and how to make it fail. */
public final class MemoryStores {
    private static final Map<String, MemoryStore> STORES = new ConcurrentHashMap<>();

    private MemoryStores() {}

    /** Takes records and stamp away from the store, also from handles that are open on it, and forgets its name. */
    public static void drop(String store) {
        MemoryStore dropped = STORES.remove(store);
        if (dropped != null) {
            dropped.wipe();
        }
    }

    /** Makes the store unreachable, or its replies get lost, for all handles on it. */
    public static FaultControl faults(String store) {
        return named(store).link();
    }

    /** Writes another schema version into the stamp, as a newer driver would. */
    public static void stampSchema(String store, int schema) {
        named(store).stampSchema(schema);
    }

    /** Damages what the store keeps of the digest: looking it up fails from now on. */
    public static void damage(String store, Digest digest) {
        named(store).damage(digest);
    }

    static MemoryStore named(String store) {
        return STORES.computeIfAbsent(store, MemoryStore::new);
    }
}
