package io.blobpath.tck.memory;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.Capability;
import io.blobpath.tck.FaultControl;
import io.blobpath.tck.TckHarness;
import java.util.Map;
import java.util.UUID;

/** A store of the reference driver. */
public final class MemoryHarness implements TckHarness {
    private final String store = UUID.randomUUID().toString();

    @Override
    public CacheConfig config() {
        return CacheConfig.of(new MemoryOptions(store));
    }

    @Override
    public Map<Capability, String> unsupported() {
        return Map.of(Capability.PROCESSES, "the store is in the memory of one process");
    }

    @Override
    public FaultControl faults() {
        return MemoryStores.faults(store);
    }

    @Override
    public int stampNewerSchema() {
        MemoryStores.stampSchema(store, 2);
        return 2;
    }

    @Override
    public void damage(Digest digest) {
        MemoryStores.damage(store, digest);
    }

    @Override
    public void wipe() {
        MemoryStores.drop(store);
    }

    @Override
    public void close() {
        MemoryStores.drop(store);
    }
}
