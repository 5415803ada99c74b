package io.blobpath.tck;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule C4: whatever several threads do at once, some order of their calls explains every answer. */
abstract sealed class HistoryRules extends ConcurrencyRules permits ErrorRules {
    private static final int THREADS = 4;
    private static final int CALLS = 5;

    @Test
    @Tag("C4")
    public final void oneThreadIsAnsweredAsTheModelSays() throws Exception {
        assertLinearizable(List.of(open()), 20, 1, 60);
    }

    @Test
    @Tag("C4")
    public final void historiesThroughOneHandleAreLinearizable() throws Exception {
        assertLinearizable(List.of(open()), size().histories() / 2, THREADS, CALLS);
    }

    @Test
    @Tag("C4")
    public final void historiesThroughTwoHandlesAreLinearizable() throws Exception {
        assertLinearizable(List.of(open(), open()), size().histories() / 2, THREADS, CALLS);
    }

    private void assertLinearizable(List<BlobPathCache> handles, int histories, int threads, int calls)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int number = 0; number < histories; number++) {
                List<Digest> digests = List.of(Sample.digest(2 * number), Sample.digest(2 * number + 1));
                History history = History.record(handles, digests, threads, calls, size().seed() + number, pool);
                String contradictions = history.contradictions();
                if (!contradictions.isEmpty()) {
                    throw new AssertionError(contradictions);
                }
            }
        } finally {
            Race.end(pool);
        }
    }
}
