package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules S1 to S3: a scan visits everything once, can be resumed, and is in nobody's way. */
abstract sealed class ScanRules extends BulkRules permits LifecycleRules {
    @Test
    @Tag("S1")
    public final void aScanOfAnEmptyStoreIsEmpty() {
        assertThat(open().scan(ScanRequest.first(10))).isEqualTo(new ScanPage(List.of(), Optional.empty()));
    }

    @Test
    @Tag("S1")
    @Tag("slow")
    public final void aScanVisitsEveryDigestOnce() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(size().batch() / 2);
        cache.putAll(Sample.records(digests, path("a")));

        List<Digest> visited = Entries.scan(cache, ScanRequest.first(digests.size() / 7)).stream()
                .map(BlobEntry::digest)
                .toList();
        assertThat(visited).as("digests visited").doesNotHaveDuplicates();
        assertThat(Set.copyOf(visited)).as("digests visited").isEqualTo(Set.copyOf(digests));
    }

    @Test
    @Tag("S1")
    public final void everyPageSizeVisitsTheSame() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(7);
        cache.putAll(Sample.records(digests, path("a")));

        assertThat(IntStream.rangeClosed(1, 9).boxed())
                .allSatisfy(limit -> assertThat(Entries.scan(cache, ScanRequest.first(limit)))
                        .as("scan in pages of %d", limit)
                        .extracting(BlobEntry::digest)
                        .containsExactlyInAnyOrderElementsOf(digests));
    }

    @Test
    @Tag("S1")
    public final void aScanVisitsDigestsWhereverTheirPathsLie() {
        BlobPathCache cache = open();
        List<BlobPath> paths = Sample.paths("a", "b/b", "org/team/app/blobs/sha256/ab", "d/".repeat(500) + "d");
        List<BlobRecord> records = IntStream.range(0, paths.size())
                .mapToObj(number -> new BlobRecord(digest(number), paths.get(number)))
                .toList();

        cache.putAll(records);

        assertThat(Entries.scan(cache, ScanRequest.first(3)))
                .extracting(entry -> new BlobRecord(entry.digest(), entry.canonical()))
                .containsExactlyInAnyOrderElementsOf(records);
    }

    @Test
    @Tag("S1")
    public final void anEntryHasTheDuplicatesAskedFor() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "z", "a", "c"));
        ScanRequest first = ScanRequest.first(10);

        assertThat(cache.scan(first).entries()).containsExactly(new BlobEntry(digest(1), path("m"), List.of(), false));
        assertThat(cache.scan(first.withDuplicates(2)).entries())
                .containsExactly(new BlobEntry(digest(1), path("m"), Sample.paths("a", "c"), false));
        assertThat(cache.scan(first.withDuplicates(3)).entries())
                .containsExactly(new BlobEntry(digest(1), path("m"), Sample.paths("a", "c", "z"), true));
        assertThat(cache.scan(first.withDuplicates(4)).entries())
                .containsExactly(new BlobEntry(digest(1), path("m"), Sample.paths("a", "c", "z"), true));
    }

    @Test
    @Tag("S1")
    public final void anEntryWithoutDuplicatesIsComplete() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("m"));

        assertThat(cache.scan(ScanRequest.first(10)).entries())
                .containsExactly(new BlobEntry(digest(1), path("m"), List.of(), true));
    }

    @Test
    @Tag("S1")
    @Tag("slow")
    public final void aDigestWithManyPathsDoesNotFillAPage() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(
                digest(1),
                IntStream.range(0, size().batch() / 2)
                        .mapToObj(number -> path("p" + number))
                        .toList()));
        cache.put(digest(2), path("a"));

        List<BlobEntry> entries = Entries.scan(cache, ScanRequest.first(10).withDuplicates(3));

        assertThat(entries).extracting(BlobEntry::digest).containsExactlyInAnyOrder(digest(1), digest(2));
        assertThat(entries).allMatch(entry -> entry.duplicates().size() <= 3);
    }

    @Test
    @Tag("S2")
    public final void aScanGoesOnAfterReopen() {
        needs(Capability.DURABILITY);
        BlobPathCache before = open();
        List<Digest> digests = Sample.digests(50);
        before.putAll(Sample.records(digests, path("a")));
        ScanPage page = before.scan(ScanRequest.first(20));

        before.close();
        List<BlobEntry> rest =
                Entries.scan(open(), ScanRequest.first(20).after(page.next().orElseThrow()));

        assertThat(visited(page.entries(), rest)).containsExactlyInAnyOrderElementsOf(digests);
    }

    @Test
    @Tag("S2")
    public final void aScanGoesOnThroughAnotherHandleAndWithAnotherPageSize() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(50);
        cache.putAll(Sample.records(digests, path("a")));
        ScanPage page = cache.scan(ScanRequest.first(20));

        List<BlobEntry> rest =
                Entries.scan(open(), ScanRequest.first(7).after(page.next().orElseThrow()));

        assertThat(visited(page.entries(), rest)).containsExactlyInAnyOrderElementsOf(digests);
    }

    @Test
    @Tag("S2")
    public final void aTokenMayBeUsedTwice() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(Sample.digests(20), path("a")));
        ScanRequest second = ScanRequest.first(5)
                .after(cache.scan(ScanRequest.first(5)).next().orElseThrow());

        assertThat(cache.scan(second)).isEqualTo(cache.scan(second));
    }

    @Test
    @Tag("S2")
    public final void aTokenOfNoScanIsRefused() {
        BlobPathCache cache = open();

        assertThat(List.of("", "x", "\u0000", "../..", "{\"a\":1}"))
                .allSatisfy(token -> assertThatThrownBy(
                                () -> cache.scan(ScanRequest.first(1).after(token)))
                        .as("token '%s'", token)
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    @Tag("S3")
    public final void theConsumerMayRemoveWhatItVisits() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(60);
        cache.putAll(Sample.records(digests, path("a")));

        List<Digest> seen = visit(cache, 7, entry -> cache.remove(entry.digest(), entry.canonical()));

        assertThat(seen).as("digests visited").containsExactlyInAnyOrderElementsOf(digests);
        assertThat(cache.scan(ScanRequest.first(1)).entries())
                .as("digests left")
                .isEmpty();
    }

    @Test
    @Tag("S3")
    public final void theConsumerMayPutWhileItScans() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(60);
        cache.putAll(Sample.records(digests, path("m")));

        List<Digest> seen = visit(cache, 7, entry -> {
            cache.put(entry.digest(), path("a"));
            cache.put(digest(1000 + Math.floorMod(entry.digest().hashCode(), 200)), path("new"));
        });

        assertThat(seen).as("digests visited").doesNotHaveDuplicates().containsAll(digests);
    }

    @Test
    @Tag("S3")
    public final void promotionsWhileScanningNeitherHideNorRepeatADigest() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(60);
        cache.putAll(Sample.records(digests, path("m")));
        cache.putAll(Sample.records(digests, path("a")));

        List<Digest> seen = visit(cache, 7, entry -> cache.removeAll(Sample.records(digests, path("m"))));

        assertThat(seen).as("digests visited").containsExactlyInAnyOrderElementsOf(digests);
    }

    @Test
    @Tag("S3")
    public final void digestsMayGoBetweenPages() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(30);
        cache.putAll(Sample.records(digests, path("a")));
        ScanPage page = cache.scan(ScanRequest.first(10));
        List<Digest> visited = page.entries().stream().map(BlobEntry::digest).toList();

        cache.removeAll(Sample.records(visited, path("a")));
        List<BlobEntry> rest =
                Entries.scan(cache, ScanRequest.first(10).after(page.next().orElseThrow()));

        assertThat(visited(page.entries(), rest)).containsExactlyInAnyOrderElementsOf(digests);
    }

    private static List<Digest> visit(BlobPathCache cache, int limit, Consumer<BlobEntry> consumer) {
        List<Digest> seen = new ArrayList<>();
        Optional<ScanRequest> request = Optional.of(ScanRequest.first(limit));
        while (request.isPresent()) {
            ScanPage page = cache.scan(request.get());
            for (BlobEntry entry : page.entries()) {
                seen.add(entry.digest());
                consumer.accept(entry);
            }
            request = page.next().map(ScanRequest.first(limit)::after);
        }
        return seen;
    }

    private static List<Digest> visited(List<BlobEntry> first, List<BlobEntry> rest) {
        List<Digest> digests = new ArrayList<>();
        first.forEach(entry -> digests.add(entry.digest()));
        rest.forEach(entry -> digests.add(entry.digest()));
        return digests;
    }
}
