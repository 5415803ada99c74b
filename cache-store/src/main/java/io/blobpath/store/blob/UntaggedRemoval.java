package io.blobpath.store.blob;

import java.io.IOException;
import java.time.Instant;

/** Removes the manifests that lost their tag long ago; how many there were. */
enum UntaggedRemoval implements RepositoryUpdate<UntaggedRemoval.Before, Integer> {
    REMOVE;

    /** When they lost it at the latest. */
    record Before(Instant time) {}

    @Override
    public Integer apply(Repository repository, Before before, ImageIndex index) throws IOException {
        int dropped = index.dropUntagged(before.time());
        if (dropped > 0) {
            repository.write(index);
        }
        return dropped;
    }

    @Override
    public String describe(Before before) {
        return "remove manifests without a tag since " + before.time();
    }
}
