package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first requests for a key pass by the cache. */
final class AdmissionTest extends StreamTest {
    private static final long PERIOD = 1_000;

    @Test
    void theFirstOccurrencesPassByTheCache() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withBypassFirst(1));
        List<Outcome> outcomes = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            try (StreamReader reader = cache.open(KEY, text("content"), OPTIONS)) {
                assertThat(readAll(reader)).isEqualTo("content");
                outcomes.add(reader.outcome());
            }
            timing.join();
        }

        assertThat(outcomes).containsExactly(Outcome.BYPASSED, Outcome.CREATED, Outcome.HIT, Outcome.HIT);
    }

    @Test
    void withFiveTheFirstFiveMiss() {
        Admission admission = new Admission(5, PERIOD, 0);

        for (int i = 0; i < 5; i++) {
            assertThat(admission.admits(KEY, 0)).isFalse();
        }

        assertThat(admission.admits(KEY, 0)).isTrue();
    }

    @Test
    void bypassesOfOneKeyShareNothing() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withBypassFirst(2));
        Script first = new Script().write("a");
        Script second = new Script().write("b");

        StreamReader one = open(cache, first);
        StreamReader two = open(cache, second);
        first.end();
        second.end();

        assertThat(readAll(one)).isEqualTo("a");
        assertThat(readAll(two)).isEqualTo("b");
        assertThat(entries()).isEmpty();
    }

    @Test
    void aThousandKeysThatAreAskedForOnceLeaveNothing() throws Exception {
        StreamCache cache = cache(StreamCacheOptions.defaults().withBypassFirst(1));

        for (int i = 0; i < 1_000; i++) {
            cache.fetch(StreamKey.of("key " + i), new CountingSink(), text("content"), OPTIONS);
        }

        assertThat(entries()).isEmpty();
        assertThat(cache.stats().opened(Outcome.BYPASSED)).isEqualTo(1_000);
    }

    @Test
    void whatIsInTheFolderIsAHitHoweverRarelyItWasAskedFor() throws Exception {
        readWhole(cache(), text("content"));

        assertThat(readWhole(cache(StreamCacheOptions.defaults().withBypassFirst(5)), never()))
                .isEqualTo("content");
    }

    @Test
    void aKeyIsForgottenAfterTwoRotations() {
        Admission admission = new Admission(1, PERIOD, 0);
        admission.admits(KEY, 0);

        admission.admits(StreamKey.of("rotates"), PERIOD + 1);
        admission.admits(StreamKey.of("rotates"), 2 * PERIOD + 2);

        assertThat(admission.remembered()).isEqualTo(1);
        assertThat(admission.admits(KEY, 2 * PERIOD + 3)).isFalse();
    }

    @Test
    void aKeyThatIsAskedForSurvivesRotations() {
        Admission admission = new Admission(3, PERIOD, 0);

        for (int i = 0; i < 3; i++) {
            assertThat(admission.admits(KEY, i * (PERIOD + 1))).isFalse();
        }

        assertThat(admission.admits(KEY, 3 * (PERIOD + 1))).isTrue();
    }

    @Test
    void aLongSilenceForgetsEverything() {
        Admission admission = new Admission(1, PERIOD, 0);
        admission.admits(KEY, 0);

        assertThat(admission.admits(KEY, 3 * PERIOD)).isFalse();
    }
}
