package io.blobpath.tck.faulty;

import static java.util.Objects.requireNonNull;

import io.blobpath.tck.BlobPathCacheTck;
import io.blobpath.tck.TckHarness;
import java.util.concurrent.atomic.AtomicReference;

/** The kit on a faulty driver. Not a test by itself: {@link KitCatchesTest} runs it. */
class FaultyTck extends BlobPathCacheTck {
    static final AtomicReference<Fault> FAULT = new AtomicReference<>();

    @Override
    protected TckHarness newStore() {
        return new FaultyHarness(requireNonNull(FAULT.get(), "no fault was chosen"));
    }
}
