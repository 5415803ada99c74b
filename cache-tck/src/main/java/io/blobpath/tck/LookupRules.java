package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules G1, G2, G3 and G5: what look-ups answer. Listings are in {@link ListingRules}. */
abstract sealed class LookupRules extends PathRules permits ListingRules {
    @Test
    @Tag("G1")
    public final void anEmptyStoreFindsNothing() {
        BlobPathCache cache = open();

        assertAbsent(cache, digest(1));
        assertThat(cache.contains(digest(1), path("a"))).isFalse();
    }

    @Test
    @Tag("G1")
    public final void whatIsAbsentIsEmptyAmongOthers() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("a"));
        cache.put(digest(3), path("c"));

        assertAbsent(cache, digest(2));
        assertThat(cache.contains(digest(2), path("a"))).isFalse();
    }

    @Test
    @Tag("G2")
    public final void canonicalIsNeverTheSmallerDuplicate() {
        BlobPathCache cache = open();

        cache.putAll(Sample.records(digest(1), "m", "a", "z"));

        assertThat(cache.canonical(digest(1))).contains(path("m"));
        assertThat(cache.scan(ScanRequest.first(10)).entries())
                .extracting(BlobEntry::canonical)
                .containsExactly(path("m"));
    }

    @Test
    @Tag("G2")
    public final void canonicalIsNotADuplicateAfterDuplicatesWent() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "z", "b"));

        cache.removeAll(Sample.records(digest(1), "a", "z"));

        assertPaths(cache, digest(1), "m", "b");
    }

    @Test
    @Tag("G3")
    public final void containsIsTrueExactlyForRecordedPaths() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "repo/b", "repo/a"));
        cache.putAll(Sample.records(digest(2), "repo/c"));

        assertThat(List.of("repo/a", "repo/b"))
                .allSatisfy(text -> assertThat(cache.contains(digest(1), path(text)))
                        .as("contains %s", text)
                        .isTrue());
        assertThat(List.of("repo", "repo/", "repo/c", "repo/aa", "repo/B", "epo/a", "a", "repo/a/x").stream()
                        .filter(text -> !text.endsWith("/")))
                .allSatisfy(text -> assertThat(cache.contains(digest(1), path(text)))
                        .as("contains %s", text)
                        .isFalse());
    }

    @Test
    @Tag("G3")
    public final void containsFollowsRemovals() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "z"));

        cache.removeAll(Sample.records(digest(1), "m", "z"));

        assertThat(cache.contains(digest(1), path("m"))).as("removed canonical").isFalse();
        assertThat(cache.contains(digest(1), path("z"))).as("removed duplicate").isFalse();
        assertThat(cache.contains(digest(1), path("a"))).as("promoted path").isTrue();
    }

    @Test
    @Tag("G5")
    public final void pagesAreSnapshots() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "z"));

        PathPage page = cache.paths(digest(1), PageRequest.first(10));
        ScanPage scan = cache.scan(ScanRequest.first(10).withDuplicates(10));
        cache.put(digest(1), path("b"));
        cache.remove(digest(1), path("m"));
        cache.put(digest(2), path("other"));

        assertThat(page.paths()).isEqualTo(Sample.paths("m", "a", "z"));
        assertThat(scan.entries()).containsExactly(new BlobEntry(digest(1), path("m"), Sample.paths("a", "z"), true));
    }

    @Test
    @Tag("G5")
    public final void resultsCannotBeChanged() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a"));

        List<BlobPath> paths = cache.paths(digest(1), PageRequest.first(10)).paths();
        List<BlobEntry> entries = cache.scan(ScanRequest.first(10)).entries();

        assertThatThrownBy(() -> paths.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(entries::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> cache.putAll(Sample.records(digest(1), "m")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Tag("G5")
    public final void resultsOutliveTheHandle() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a"));
        PathPage page = cache.paths(digest(1), PageRequest.first(10));
        List<BlobEntry> entries =
                cache.scan(ScanRequest.first(10).withDuplicates(1)).entries();

        cache.close();

        assertThat(page.paths()).isEqualTo(Sample.paths("m", "a"));
        assertThat(entries).containsExactly(new BlobEntry(digest(1), path("m"), Sample.paths("a"), true));
    }
}
