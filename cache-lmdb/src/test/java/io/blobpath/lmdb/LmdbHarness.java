package io.blobpath.lmdb;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.Capability;
import io.blobpath.tck.TckHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** A directory of its own for each store. */
final class LmdbHarness implements TckHarness {
    private final Path directory;

    LmdbHarness() {
        try {
            directory = Files.createTempDirectory("blobpath-lmdb");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.of(LmdbOptions.of(directory));
    }

    @Override
    public String sharedConfig() {
        Map<String, Object> keys = Map.of("driver", "lmdb", "lmdb", Map.of("directory", directory.toString()));
        return JsonMapper.shared().writeValueAsString(keys);
    }

    @Override
    public Map<Capability, String> unsupported() {
        return Map.of(
                Capability.CUT_OFF, "the backend is inside the process; a stopped foreign writer is tested separately",
                Capability.LOST_REPLY, "the backend is inside the process",
                Capability.WIPE_WHILE_OPEN, "files that are in use cannot be taken away");
    }

    @Override
    public int stampNewerSchema() {
        return RawRows.stampSchema(directory, LmdbStamp.SCHEMA + 1);
    }

    /** One bit, so that the path is another valid one; only the check value shows it. */
    @Override
    public void damage(Digest digest) {
        LmdbEnvironment environment = Fixtures.environment(directory);
        try {
            byte[] key = LmdbRecords.digestKey(digest);
            environment.write(Fixtures.TIMEOUT, Deadline.in(Fixtures.TIMEOUT), transaction -> {
                byte[] value = Objects.requireNonNull(transaction.get(key)).clone();
                value[value.length - 1] ^= 1;
                transaction.replace(key, value);
                return true;
            });
        } finally {
            Fixtures.release(environment);
        }
    }

    @Override
    public void wipe() {
        Trees.empty(directory);
    }

    @Override
    public void close() {
        Trees.delete(directory);
    }
}
