package io.blobpath.lmdb;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;

class LmdbBlobPathCacheTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        return new LmdbHarness();
    }
}
