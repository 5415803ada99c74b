package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.RemoveResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule G4: listings are paged, complete, and in one order on every driver. */
abstract sealed class ListingRules extends LookupRules permits RemoveRules {
    /** Ascending by UTF-8 bytes; by UTF-16 units, by signed bytes, by length or by locale the order is another. */
    private static final String[] ASCENDING = {
        "!",
        "0",
        "10",
        "2",
        "A",
        "Z",
        "_",
        "a",
        "a b",
        "a-b",
        "a.b",
        "a/b",
        "a0b",
        "aB",
        "ab",
        "b",
        "z",
        "~",
        "\u00a0",
        "\u00e9",
        "\u07ff",
        "\u0800",
        "\u4e2d",
        "\ud7ff",
        "\ue000",
        "\uff5e",
        "\uffff",
        "\ud800\udc00",
        "\ud83d\ude00",
        "\udbff\udfff"
    };

    @Test
    @Tag("G4")
    public final void theCanonicalPathComesFirstAndTheOthersInByteOrder() {
        BlobPathCache cache = open();
        List<BlobPath> shuffled = new ArrayList<>(Sample.paths(ASCENDING));
        Collections.shuffle(shuffled, new Random(1));
        List<BlobPath> expected = new ArrayList<>(Sample.paths(ASCENDING));
        expected.remove(shuffled.get(0));
        expected.add(0, shuffled.get(0));

        shuffled.forEach(path -> cache.put(digest(1), path));

        assertPaths(cache, digest(1), expected);
    }

    @Test
    @Tag("G4")
    public final void longPathsAreListedInByteOrder() {
        BlobPathCache cache = open();
        String prefix = "p".repeat(1020);
        List<BlobPath> paths = Sample.paths(
                prefix + "\u00e9",
                prefix + "z",
                prefix,
                prefix + "a",
                prefix + "ab",
                "p".repeat(600),
                "p".repeat(511),
                prefix + "\uffff",
                prefix + "\ud83d\ude00",
                "p".repeat(512),
                "p".repeat(500) + "q");

        cache.putAll(Sample.records(digest(1), paths));

        assertPaths(cache, digest(1), Sample.listed(paths));
    }

    @Test
    @Tag("G4")
    public final void aDigestWithOnePathIsListed() {
        BlobPathCache cache = open();

        cache.put(digest(1), path("m"));

        assertThat(cache.paths(digest(1), PageRequest.first(1)))
                .isEqualTo(new PathPage(Sample.paths("m"), Optional.empty()));
    }

    @Test
    @Tag("G4")
    public final void everyPageSizeListsTheSame() {
        BlobPathCache cache = open();
        List<BlobPath> expected = Sample.paths("m", "a", "b", "c", "x", "y", "z");
        cache.putAll(Sample.records(digest(1), expected));

        assertThat(IntStream.rangeClosed(1, 9).boxed())
                .allSatisfy(limit -> assertThat(Entries.paths(cache, digest(1), limit))
                        .as("paths in pages of %d", limit)
                        .isEqualTo(expected));
    }

    @Test
    @Tag("G4")
    public final void everyPlaceOfTheCanonicalPathListsTheSame() {
        BlobPathCache cache = open();
        List<String> texts = List.of("a", "b", "c", "d", "e");

        for (int first = 0; first < texts.size(); first++) {
            List<BlobPath> expected = new ArrayList<>(Sample.paths(texts.toArray(String[]::new)));
            expected.add(0, expected.remove(first));
            cache.putAll(Sample.records(digest(first), expected));
            for (int limit = 1; limit <= texts.size(); limit++) {
                assertThat(Entries.paths(cache, digest(first), limit))
                        .as("canonical %s, pages of %d", expected.get(0), limit)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    @Tag("G4")
    public final void aPromotionBetweenPagesNeitherHidesNorRepeatsAPath() {
        BlobPathCache cache = open();
        List<BlobPath> paths = Sample.paths("m", "a", "b", "c", "x", "y", "z");
        cache.putAll(Sample.records(digest(1), paths));

        PathPage page = cache.paths(digest(1), PageRequest.first(2));
        List<BlobPath> seen = new ArrayList<>(page.paths());
        cache.remove(digest(1), path("m"));
        cache.remove(digest(1), path("a"));
        page = cache.paths(digest(1), PageRequest.first(2).after(page.next().orElseThrow()));
        seen.addAll(page.paths());
        cache.remove(digest(1), path("b"));
        cache.put(digest(1), path("m"));
        page = cache.paths(digest(1), PageRequest.first(10).after(page.next().orElseThrow()));
        seen.addAll(page.paths());

        assertThat(seen).as("all pages together").isEqualTo(paths);
    }

    @Test
    @Tag("G4")
    public final void theLastPathListedMayGoBeforeTheNextPage() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "b", "c"));
        PathPage page = cache.paths(digest(1), PageRequest.first(2));

        cache.remove(digest(1), path("a"));
        PathPage next =
                cache.paths(digest(1), PageRequest.first(2).after(page.next().orElseThrow()));

        assertThat(next.paths()).isEqualTo(Sample.paths("b", "c"));
    }

    @Test
    @Tag("G4")
    public final void aTokenOfNoPageIsRefused() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a"));

        assertThat(List.of("", "x", "\u0000", "Li4vLi4", "m//"))
                .allSatisfy(token -> assertThatThrownBy(() ->
                                cache.paths(digest(1), PageRequest.first(1).after(token)))
                        .as("token '%s'", token)
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    @Tag("G4")
    @Tag("slow")
    public final void aHundredThousandPathsOfOneDigest() {
        BlobPathCache cache = open();
        List<BlobPath> paths = IntStream.range(0, 100_000)
                .mapToObj(number -> path(String.format("team/app-%05d/blobs/sha256/layer", 99_999 - number)))
                .toList();
        BlobPath smallest = paths.get(99_999);
        List<BlobRecord> records = Sample.records(digest(1), paths);
        for (int from = 0; from < records.size(); from += 20_000) {
            cache.putAll(records.subList(from, from + 20_000));
        }

        assertThat(cache.canonical(digest(1))).contains(paths.get(0));
        assertThat(cache.contains(digest(1), paths.get(50_000))).isTrue();
        assertThat(Entries.paths(cache, digest(1), PageRequest.MAX_LIMIT).equals(Sample.listed(paths)))
                .as("the listing has every path once, canonical first, then in byte order")
                .isTrue();
        assertThat(cache.remove(digest(1), paths.get(0))).isEqualTo(RemoveResult.promoted(smallest));
        assertThat(cache.remove(digest(1), paths.get(50_000))).isEqualTo(RemoveResult.duplicate());
        assertThat(cache.contains(digest(1), paths.get(50_000))).isFalse();
    }
}
