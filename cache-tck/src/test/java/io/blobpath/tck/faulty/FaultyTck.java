package io.blobpath.tck.faulty;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit on a faulty driver. Not a test by itself: {@link KitCatchesTest} runs it. */
@ExtendWith(FaultParameter.class)
class FaultyTck extends BlobPathCacheTck {
    private final Fault fault;

    FaultyTck(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected TckHarness newStore() {
        return new FaultyHarness(fault);
    }
}
