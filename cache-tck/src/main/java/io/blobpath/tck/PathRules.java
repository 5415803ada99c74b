package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PutResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule P6: every valid path comes back byte for byte, and none is taken for another. */
abstract sealed class PathRules extends PutRules permits LookupRules {
    @Test
    @Tag("P6")
    @Tag("slow")
    public final void pathsOfEveryLengthComeBack() {
        assertRoundTrip(IntStream.rangeClosed(1, BlobPath.MAX_BYTES)
                .mapToObj(length -> path("p".repeat(length)))
                .toList());
    }

    @Test
    @Tag("P6")
    public final void longPathsComeBackInEveryScript() {
        assertRoundTrip(Sample.paths(
                "a".repeat(1024),
                "\u00e9".repeat(512),
                "\u4e2d".repeat(341) + "a",
                "\ud83d\ude00".repeat(256),
                "a/".repeat(511) + "ab"));
    }

    @Test
    @Tag("P6")
    @Tag("slow")
    public final void longPathsThatDifferLateStayApart() {
        String prefix = "registry/".repeat(113);

        assertRoundTrip(IntStream.range(0, 100)
                .mapToObj(number -> path(prefix + String.format("%07d", number)))
                .toList());
    }

    @Test
    @Tag("P6")
    public final void longPathsThatDifferEarlyStayApart() {
        String suffix = "/layer".repeat(170);

        assertRoundTrip(IntStream.range(0, 100)
                .mapToObj(number -> path(String.format("%04d", number) + suffix))
                .toList());
    }

    @Test
    @Tag("P6")
    public final void pathsThatBeginWithEachOtherStayApart() {
        assertRoundTrip(Sample.paths("a", "a/b", "a/b/c", "ab", "a-b", "a.b", "a:b", "a b", "aa", "a/bb"));
    }

    @Test
    @Tag("P6")
    public final void pathsThatLookAlikeStayApart() {
        assertRoundTrip(Sample.paths(
                "Alpine",
                "alpine",
                "ALPINE",
                "caf\u00e9",
                "cafe\u0301",
                "\u212b",
                "\u00c5",
                "A\u030a",
                "fi",
                "\ufb01"));
    }

    @Test
    @Tag("P6")
    public final void charactersThatMeanSomethingElsewhereComeBack() {
        assertRoundTrip(Sample.paths(
                "a b",
                " a",
                "a ",
                "%2e%2e/%2f",
                "a:b",
                "sha256:ab",
                "{a}",
                "a}b{",
                "*",
                "?[a-z]",
                "'",
                "\"",
                "$a",
                "#a",
                "-rf",
                "+",
                "a&b=c",
                "a;b",
                "a|b",
                "~",
                "...",
                "a.",
                "C:",
                "\ufeffa",
                "\u2028",
                "\ufffd",
                "\uffff",
                "\udbff\udfff",
                "e\u200d\u0301"));
    }

    /** Puts each path twice: alone under a digest of its own, and with all others under one digest. */
    private void assertRoundTrip(List<BlobPath> paths) {
        BlobPathCache cache = open();
        List<BlobRecord> alone = IntStream.range(0, paths.size())
                .mapToObj(number -> new BlobRecord(digest(number + 1), paths.get(number)))
                .toList();

        List<PutResult> together = cache.putAll(Sample.records(digest(0), paths));
        cache.putAll(alone);

        assertThat(together).as("results of putAll").allMatch(PutResult::added);
        assertThat(Entries.paths(cache, digest(0), 1000)).as("all paths listed").isEqualTo(Sample.listed(paths));
        for (BlobRecord record : alone) {
            assertThat(cache.canonical(record.digest()))
                    .as("canonical path of %s", record.digest())
                    .contains(record.path());
            assertThat(cache.contains(digest(0), record.path()))
                    .as("contains %s among the others", record.path())
                    .isTrue();
        }
    }
}
