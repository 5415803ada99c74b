package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules B1 to B3: batches are many single operations in few round trips. */
abstract sealed class BulkRules extends RemoveRules permits ScanRules {
    @Test
    @Tag("B1")
    public final void putAllAnswersEachElementInOrder() {
        BlobPathCache cache = open();
        cache.put(digest(2), path("old"));

        List<PutResult> results = cache.putAll(List.of(
                new BlobRecord(digest(1), path("m")),
                new BlobRecord(digest(2), path("a")),
                new BlobRecord(digest(1), path("a")),
                new BlobRecord(digest(2), path("old")),
                new BlobRecord(digest(3), path("x"))));

        assertThat(results)
                .containsExactly(
                        new PutResult(true, path("m")),
                        new PutResult(true, path("old")),
                        new PutResult(true, path("m")),
                        new PutResult(false, path("old")),
                        new PutResult(true, path("x")));
        assertPaths(cache, digest(1), "m", "a");
        assertPaths(cache, digest(2), "old", "a");
        assertPaths(cache, digest(3), "x");
    }

    @Test
    @Tag("B1")
    public final void removeAllAnswersEachElementInOrder() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "z"));
        cache.putAll(Sample.records(digest(2), "x"));

        List<RemoveResult> results = cache.removeAll(List.of(
                new BlobRecord(digest(1), path("m")),
                new BlobRecord(digest(2), path("x")),
                new BlobRecord(digest(1), path("absent")),
                new BlobRecord(digest(1), path("z")),
                new BlobRecord(digest(1), path("a")),
                new BlobRecord(digest(3), path("x"))));

        assertThat(results)
                .containsExactly(
                        RemoveResult.promoted(path("a")),
                        RemoveResult.lastPath(),
                        RemoveResult.absent(),
                        RemoveResult.duplicate(),
                        RemoveResult.lastPath(),
                        RemoveResult.absent());
        assertAbsent(cache, digest(1));
        assertAbsent(cache, digest(2));
    }

    @Test
    @Tag("B1")
    public final void anEmptyBatchDoesNothing() {
        BlobPathCache cache = open();

        assertThat(cache.putAll(List.of())).isEmpty();
        assertThat(cache.removeAll(List.of())).isEmpty();
    }

    @Test
    @Tag("B2")
    public final void aBatchMayHoldARecordTwice() {
        BlobPathCache cache = open();

        List<PutResult> puts = cache.putAll(Sample.records(digest(1), "m", "m", "a", "m", "a"));
        assertThat(puts).extracting(PutResult::added).containsExactly(true, false, true, false, false);
        assertThat(puts).extracting(PutResult::canonical).containsOnly(path("m"));
        assertPaths(cache, digest(1), "m", "a");

        assertThat(cache.removeAll(Sample.records(digest(1), "m", "m", "a", "a")))
                .containsExactly(
                        RemoveResult.promoted(path("a")),
                        RemoveResult.absent(),
                        RemoveResult.lastPath(),
                        RemoveResult.absent());
        assertAbsent(cache, digest(1));
    }

    @Test
    @Tag("B2")
    @Tag("slow")
    public final void aLongMixedBatchWorks() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(size().batch() / 4);
        List<BlobRecord> batch = new ArrayList<>();
        for (Digest digest : digests) {
            batch.addAll(Sample.records(digest, "a", "b", "c", "a"));
        }
        Random random = new Random(3);
        Collections.shuffle(batch, random);

        Map<Digest, List<BlobPath>> listings = new HashMap<>();
        assertThat(cache.putAll(batch))
                .as("the results of puts one by one, each in the place of its element")
                .isEqualTo(oneByOne(Action.PUT, batch, listings));
        Collections.shuffle(batch, random);
        assertThat(cache.removeAll(batch))
                .as("the results of removals one by one, each in the place of its element")
                .isEqualTo(oneByOne(Action.REMOVE, batch, listings));
        assertAbsent(cache, digests.get(0));
    }

    /** What the rules say of the changes, one after the other. */
    private static List<Object> oneByOne(
            Action change, List<BlobRecord> records, Map<Digest, List<BlobPath>> listings) {
        List<Object> answers = new ArrayList<>();
        for (BlobRecord record : records) {
            List<BlobPath> before = listings.getOrDefault(record.digest(), List.of());
            Action.Step step = change.expected(before, record.path());
            listings.put(record.digest(), step.listing());
            answers.add(step.answer());
        }
        return answers;
    }

    @Test
    @Tag("B2")
    @Tag("slow")
    public final void aBatchOfLongPathsWorks() {
        BlobPathCache cache = open();
        List<BlobRecord> batch = IntStream.range(0, 5_000)
                .mapToObj(number ->
                        new BlobRecord(digest(number % 7), path(String.format("%04d", number) + "x".repeat(1020))))
                .toList();

        assertThat(cache.putAll(batch)).as("results").allMatch(PutResult::added);
        assertThat(Entries.paths(cache, digest(0), 1000))
                .as("paths of one of 7 digests")
                .hasSize(715);
    }

    @Test
    @Tag("B3")
    public final void aCutOffBatchTellsWhatIsApplied() {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = openImpatient();
        List<BlobRecord> batch = Sample.records(digest(1), "m", "a", "z");
        store().faults().cut();

        BlobPathCacheException failure = catchThrowableOfType(BlobPathCacheException.class, () -> cache.putAll(batch));
        store().faults().mend();

        assertThat(failure).as("failure of putAll").isNotNull();
        assertThat(failure.applied().stream().mapToObj(batch::get))
                .as("elements said to be applied")
                .allMatch(record -> cache.contains(record.digest(), record.path()));
    }

    @Test
    @Tag("B3")
    public final void aBatchWithALostReplyTellsWhatIsApplied() {
        needs(Capability.LOST_REPLY);
        BlobPathCache cache = open();
        List<BlobRecord> batch = Sample.records(digest(1), "m", "a", "z");
        store().faults().loseNextReply();

        Optional<BlobPathCacheException> failure =
                Optional.ofNullable(catchThrowableOfType(BlobPathCacheException.class, () -> cache.putAll(batch)));

        // Without a failure the driver asked again by itself.
        assertThat(failure.map(BlobPathCacheException::applied).orElseGet(BitSet::new).stream()
                        .mapToObj(batch::get))
                .as("elements said to be applied")
                .allMatch(record -> cache.contains(record.digest(), record.path()));
    }

    @Test
    @Tag("B3")
    public final void aBatchMayBeRepeated() {
        BlobPathCache cache = open();
        List<BlobRecord> batch = Sample.records(digest(1), "m", "a", "z");
        cache.putAll(batch.subList(0, 2));

        assertThat(cache.putAll(batch))
                .extracting(PutResult::added)
                .as("results of the second attempt")
                .containsExactly(false, false, true);
        assertPaths(cache, digest(1), "m", "a", "z");
    }
}
