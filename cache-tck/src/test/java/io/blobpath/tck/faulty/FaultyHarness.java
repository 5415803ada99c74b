package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Secret;
import io.blobpath.tck.Capability;
import io.blobpath.tck.FaultControl;
import io.blobpath.tck.TckHarness;
import io.blobpath.tck.memory.MemoryStores;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

final class FaultyHarness implements TckHarness {
    static final String PASSWORD = "correct horse battery staple";

    private final String store = UUID.randomUUID().toString();
    private final Fault fault;

    FaultyHarness(Fault fault) {
        this.fault = fault;
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.of(new FaultyOptions(store, fault.name(), Secret.of(PASSWORD)));
    }

    @Override
    public BlobPathCache open(CacheConfig config) {
        return fault.open(config, BlobPathCaches::open);
    }

    @Override
    public Map<Capability, String> unsupported() {
        return Map.of(Capability.PROCESSES, "the store is in this JVM");
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
    public Set<String> secrets() {
        return Set.of(PASSWORD);
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
        fault.end(store);
    }
}
