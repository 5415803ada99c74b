package io.blobpath.store.task;

import java.io.IOException;

/** One step on disk or in the cache. */
@FunctionalInterface
public interface Step {
    /** Does it. */
    void run() throws IOException;
}
