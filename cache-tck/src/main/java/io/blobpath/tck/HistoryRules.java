package io.blobpath.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule C4: whatever several threads do at once, some order of their calls explains every answer. */
abstract sealed class HistoryRules extends ConcurrencyRules permits ErrorRules {
    private static final int HISTORIES = Integer.getInteger("blobpath.tck.histories", 200);
    private static final long SEED = Long.getLong("blobpath.tck.seed", new Random().nextLong());

    @Test
    @Tag("C4")
    public final void oneThreadIsAnsweredAsTheModelSays() throws Exception {
        BlobPathCache cache = open();

        for (int number = 0; number < 20; number++) {
            assertLinearizable(List.of(cache), number, 1, 60);
        }
    }

    @Test
    @Tag("C4")
    public final void historiesThroughOneHandleAreLinearizable() throws Exception {
        BlobPathCache cache = open();

        for (int number = 0; number < HISTORIES; number++) {
            assertLinearizable(List.of(cache), number, 4, 5);
        }
    }

    @Test
    @Tag("C4")
    public final void historiesThroughTwoHandlesAreLinearizable() throws Exception {
        List<BlobPathCache> handles = List.of(open(), open());

        for (int number = 0; number < HISTORIES; number++) {
            assertLinearizable(handles, number, 4, 5);
        }
    }

    private static void assertLinearizable(List<BlobPathCache> handles, int number, int threads, int calls)
            throws Exception {
        List<Digest> digests = IntStream.range(2 * number, 2 * number + 2)
                .mapToObj(Sample::digest)
                .toList();

        History history = History.record(handles, digests, threads, calls, SEED + number);

        assertThat(history.contradictions()).as("a random history").isEmpty();
    }
}
