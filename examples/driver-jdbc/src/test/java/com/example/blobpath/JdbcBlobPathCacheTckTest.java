package com.example.blobpath;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class JdbcBlobPathCacheTckTest extends BlobPathCacheTck {
    @TempDir
    private Path directory;

    @Override
    protected TckHarness newStore() {
        return new JdbcHarness(directory.resolve(UUID.randomUUID() + ".db"));
    }
}
