package io.blobpath.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.blobpath.tck.memory.MemoryHarness;
import org.junit.jupiter.api.BeforeEach;

/** The kit on a driver whose author would rather not. Not a test by itself: {@link KitReportTest} runs it. */
class SkippingTck extends BlobPathCacheTck {
    @BeforeEach
    void skip() {
        assumeTrue(false, "not today");
    }

    @Override
    protected TckHarness newStore() {
        return new MemoryHarness();
    }
}
