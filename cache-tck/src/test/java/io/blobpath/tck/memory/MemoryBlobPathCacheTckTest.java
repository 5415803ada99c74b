package io.blobpath.tck.memory;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;

class MemoryBlobPathCacheTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        return new MemoryHarness();
    }
}
