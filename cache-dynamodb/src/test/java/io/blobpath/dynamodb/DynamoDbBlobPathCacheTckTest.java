package io.blobpath.dynamodb;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;

class DynamoDbBlobPathCacheTckTest extends BlobPathCacheTck {
    @Override
    protected TckHarness newStore() {
        return new DynamoDbHarness();
    }
}
