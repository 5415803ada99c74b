package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules D1 to D5: what a remove takes away, promotes and answers. */
abstract sealed class RemoveRules extends ListingRules permits BulkRules {
    @Test
    @Tag("D1")
    public final void aDuplicateGoesAndTheCanonicalPathStays() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "zebra", "alpha", "mango"));

        cache.remove(digest(1), path("mango"));
        assertPaths(cache, digest(1), "zebra", "alpha");

        cache.remove(digest(1), path("alpha"));
        assertPaths(cache, digest(1), "zebra");
    }

    @Test
    @Tag("D2")
    public final void theSmallestRemainingPathIsPromoted() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "z", "b", "a", "y"));

        cache.remove(digest(1), path("m"));
        assertPaths(cache, digest(1), "a", "b", "y", "z");

        cache.remove(digest(1), path("a"));
        assertPaths(cache, digest(1), "b", "y", "z");
    }

    @Test
    @Tag("D2")
    public final void aLargerPathIsPromotedIfNoSmallerOneRemains() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "a", "z", "m"));

        cache.remove(digest(1), path("a"));

        assertPaths(cache, digest(1), "m", "z");
    }

    @Test
    @Tag("D2")
    public final void thePromotedPathIsTheSmallestByUtf8Bytes() {
        BlobPathCache cache = open();
        List<BlobPath> ascending = Sample.paths(
                "a b",
                "a-b",
                "a/b",
                "aa",
                "z",
                "\u00e9",
                "\u4e2d",
                "\ue000",
                "\uff5e",
                "\uffff",
                "\ud800\udc00",
                "\ud83d\ude00");
        List<BlobPath> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(2));
        cache.put(digest(1), path("first"));
        cache.putAll(Sample.records(digest(1), shuffled));

        assertThat(cache.remove(digest(1), path("first"))).isEqualTo(RemoveResult.promoted(ascending.get(0)));
        for (int i = 1; i < ascending.size(); i++) {
            assertThat(cache.remove(digest(1), ascending.get(i - 1)))
                    .as("remove %s", ascending.get(i - 1))
                    .isEqualTo(RemoveResult.promoted(ascending.get(i)));
        }
    }

    @Test
    @Tag("D2")
    public final void aLongPathIsPromotedByAllOfItsBytes() {
        BlobPathCache cache = open();
        String prefix = "p".repeat(1023);
        cache.putAll(Sample.records(
                digest(1), "zz", prefix + "d", prefix + "b", prefix + "c", prefix + "a", "p".repeat(511) + "\u00e9"));

        assertThat(cache.remove(digest(1), path("zz"))).isEqualTo(RemoveResult.promoted(path(prefix + "a")));
        assertThat(cache.remove(digest(1), path(prefix + "a"))).isEqualTo(RemoveResult.promoted(path(prefix + "b")));
    }

    @Test
    @Tag("D2")
    public final void aRemovedCanonicalPathComesBackAsADuplicate() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "z"));

        cache.remove(digest(1), path("m"));
        cache.put(digest(1), path("m"));

        assertPaths(cache, digest(1), "z", "m");
    }

    @Test
    @Tag("D3")
    public final void theLastPathTakesTheDigestWithIt() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a"));

        cache.remove(digest(1), path("m"));
        cache.remove(digest(1), path("a"));

        assertAbsent(cache, digest(1));
        cache.info()
                .records()
                .ifPresent(records -> assertThat(records).as("info().records").isZero());
    }

    @Test
    @Tag("D3")
    public final void aNewPutStartsAfresh() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "a", "b"));
        cache.removeAll(Sample.records(digest(1), "a", "b"));

        assertThat(cache.put(digest(1), path("z"))).isEqualTo(new PutResult(true, path("z")));

        cache.put(digest(1), path("a"));
        assertPaths(cache, digest(1), "z", "a");
    }

    @Test
    @Tag("D4")
    public final void removingWhatIsAbsentSaysSo() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("repo/a"));

        assertThat(cache.remove(digest(2), path("repo/a"))).as("unknown digest").isEqualTo(RemoveResult.absent());
        assertThat(cache.remove(digest(1), path("repo/b"))).as("unknown path").isEqualTo(RemoveResult.absent());
        assertThat(cache.remove(digest(1), path("repo")))
                .as("beginning of a path")
                .isEqualTo(RemoveResult.absent());
    }

    @Test
    @Tag("D4")
    public final void removingWhatIsAbsentChangesNothing() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "b"));

        cache.remove(digest(1), path("a"));
        cache.remove(digest(1), path("z"));
        cache.remove(digest(2), path("m"));

        assertPaths(cache, digest(1), "m", "b");
        assertAbsent(cache, digest(2));
    }

    @Test
    @Tag("D4")
    public final void removingAgainChangesNothing() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "b"));
        cache.remove(digest(1), path("m"));

        assertThat(cache.remove(digest(1), path("m"))).isEqualTo(RemoveResult.absent());

        assertPaths(cache, digest(1), "b");
        cache.remove(digest(1), path("b"));
        assertThat(cache.remove(digest(1), path("b"))).isEqualTo(RemoveResult.absent());
    }

    @Test
    @Tag("D5")
    public final void removeTellsWhatItDecided() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a", "z"));

        assertThat(cache.remove(digest(1), path("z"))).as("a duplicate").isEqualTo(RemoveResult.duplicate());
        assertThat(cache.remove(digest(1), path("m")))
                .as("the canonical path")
                .isEqualTo(RemoveResult.promoted(path("a")));
        assertThat(cache.remove(digest(1), path("a"))).as("the last path").isEqualTo(RemoveResult.lastPath());
    }
}
