package io.blobpath.tck;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

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
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD) // Each history has its own.
    public final void historiesThroughOneHandleAreLinearizable() throws Exception {
        assertLinearizable(List.of(open()), size().histories() / 2, THREADS, CALLS);
    }

    @Test
    @Tag("C4")
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
    public final void historiesThroughTwoHandlesAreLinearizable() throws Exception {
        assertLinearizable(List.of(open(), open()), size().histories() / 2, THREADS, CALLS);
    }

    /** A change whose reply is lost happens once or, if the driver asks again by itself, twice; all else stays exact. */
    @Test
    @Tag("C4")
    @Tag("E4")
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
    public final void historiesWithLostRepliesAreLinearizable() throws Exception {
        needs(Capability.LOST_REPLY);
        List<BlobPathCache> handles = List.of(open(), open());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (int number = 0; number < size().histories() / 10; number++) {
                store().faults().loseNextReply();
                assertExplained(record(handles, number, THREADS, CALLS, pool).withALostReply());
            }
        } finally {
            Race.end(pool);
        }
    }

    private void assertLinearizable(List<BlobPathCache> handles, int histories, int threads, int calls)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int number = 0; number < histories; number++) {
                assertExplained(record(handles, number, threads, calls, pool));
            }
        } finally {
            Race.end(pool);
        }
    }

    private History record(List<BlobPathCache> handles, int number, int threads, int calls, ExecutorService pool)
            throws Exception {
        List<Digest> digests = List.of(Sample.digest(2 * number), Sample.digest(2 * number + 1));
        return History.record(handles, digests, threads, calls, size().seed() + number, pool);
    }

    private static void assertExplained(History history) {
        String contradictions = history.contradictions();
        if (!contradictions.isEmpty()) {
            throw new AssertionError(contradictions);
        }
    }
}
