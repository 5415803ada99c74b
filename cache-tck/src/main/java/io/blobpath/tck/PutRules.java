package io.blobpath.tck;

import static io.blobpath.tck.Entries.assertAbsent;
import static io.blobpath.tck.Entries.assertPaths;
import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.PutResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules P1 to P5: what a put records and answers. */
abstract sealed class PutRules extends KitTest permits PathRules {
    @Test
    @Tag("P1")
    public final void putMakesThePathFound() {
        BlobPathCache cache = open();

        cache.put(digest(1), path("library/alpine/blobs/1"));

        assertPaths(cache, digest(1), "library/alpine/blobs/1");
    }

    @Test
    @Tag("P1")
    public final void onePathMayBelongToManyDigests() {
        BlobPathCache cache = open();
        List<Digest> digests = Sample.digests(12);

        digests.forEach(digest -> cache.put(digest, path("shared")));
        cache.remove(digests.get(0), path("shared"));

        assertAbsent(cache, digests.get(0));
        digests.stream().skip(1).forEach(digest -> assertPaths(cache, digest, "shared"));
    }

    @Test
    @Tag("P1")
    public final void algorithmsWithTheSameBytesStayApart() {
        BlobPathCache cache = open();
        Digest sha256 = digest(DigestAlgorithm.SHA256, 1);
        Digest blake3 = Digest.of(DigestAlgorithm.BLAKE3, sha256.bytes());
        Digest sha512 = Digest.of(DigestAlgorithm.SHA512, Arrays.copyOf(sha256.bytes(), 64));

        cache.put(sha256, path("of-sha256"));
        cache.put(sha512, path("of-sha512"));

        assertPaths(cache, sha256, "of-sha256");
        assertPaths(cache, sha512, "of-sha512");
        assertAbsent(cache, blake3);
    }

    @Test
    @Tag("P1")
    public final void digestsThatDifferInOneBitStayApart() {
        BlobPathCache cache = open();
        byte[] bytes = digest(1).bytes();
        bytes[bytes.length - 1] ^= 1;
        Digest lastBit = Digest.of(DigestAlgorithm.SHA256, bytes);
        bytes[0] ^= (byte) 0x80;
        Digest firstBit = Digest.of(DigestAlgorithm.SHA256, bytes);

        cache.put(digest(1), path("a"));
        cache.put(firstBit, path("b"));

        assertPaths(cache, digest(1), "a");
        assertPaths(cache, firstBit, "b");
        assertAbsent(cache, lastBit);
    }

    @Test
    @Tag("P2")
    public final void puttingAgainChangesNothing() {
        BlobPathCache cache = open();

        cache.put(digest(1), path("a"));
        cache.put(digest(1), path("a"));
        cache.put(digest(1), path("a"));

        assertPaths(cache, digest(1), "a");
        assertThat(cache.remove(digest(1), path("a")).last())
                .as("one remove undoes three puts of one path")
                .isTrue();
        assertAbsent(cache, digest(1));
    }

    @Test
    @Tag("P2")
    public final void puttingADuplicateAgainChangesNothing() {
        BlobPathCache cache = open();
        cache.put(digest(1), path("m"));
        cache.put(digest(1), path("a"));

        cache.put(digest(1), path("a"));
        cache.put(digest(1), path("m"));

        assertPaths(cache, digest(1), "m", "a");
        cache.info()
                .records()
                .ifPresent(records -> assertThat(records).as("info().records").isEqualTo(2));
    }

    @Test
    @Tag("P3")
    public final void theFirstPathStaysCanonical() {
        BlobPathCache cache = open();

        cache.put(digest(1), path("zebra"));
        cache.put(digest(1), path("alpha"));
        cache.put(digest(1), path("mango"));
        cache.put(digest(1), path("zzz"));

        assertPaths(cache, digest(1), "zebra", "alpha", "mango", "zzz");
    }

    @Test
    @Tag("P4")
    public final void nullIsRefused() {
        BlobPathCache cache = open();

        Calls.withNull(cache)
                .forEach((call, body) -> assertThatThrownBy(body::run)
                        .as("%s with null", call)
                        .isInstanceOf(NullPointerException.class));

        assertAbsent(cache, digest(1));
    }

    @Test
    @Tag("P4")
    public final void nullInABatchIsRefusedBeforeAnythingIsApplied() {
        BlobPathCache cache = open();
        var batch = Arrays.asList(Sample.records(digest(1), "a").get(0), null);

        assertThatThrownBy(() -> cache.putAll(batch)).isInstanceOf(NullPointerException.class);

        assertAbsent(cache, digest(1));
    }

    @Test
    @Tag("P4")
    public final void textThatIsNoPathOrDigestGoesNoFurther() {
        List<String> paths = List.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "../b",
                "a/..",
                "a/./b",
                "a\\b",
                "a\0",
                "a\nb",
                "\u007f",
                "\u0085",
                "\ud800",
                "a\udc00b",
                "a".repeat(BlobPath.MAX_BYTES + 1),
                "\u00e9".repeat(513));
        List<String> digests = List.of(
                "",
                "sha256",
                "sha256:",
                ":ab",
                "sha384:" + "a".repeat(96),
                "sha256:" + "a".repeat(63),
                "sha256:" + "A".repeat(64),
                "SHA256:" + "a".repeat(64),
                "sha256:../" + "a".repeat(61),
                " sha256:" + "a".repeat(64),
                "sha256:" + "a".repeat(64) + "\n");

        assertThat(paths)
                .allSatisfy(text ->
                        assertThatThrownBy(() -> BlobPath.of(text)).isInstanceOf(IllegalArgumentException.class));
        assertThat(digests)
                .allSatisfy(text ->
                        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    @Tag("P4")
    public final void invalidInputIsRefusedWithoutAskingTheBackend() {
        needs(Capability.CUT_OFF);
        BlobPathCache cache = open();
        store().faults().cut();

        Calls.withNull(cache)
                .forEach((call, body) -> assertThatThrownBy(body::run)
                        .as("%s with null while the backend is cut off", call)
                        .isInstanceOf(NullPointerException.class));
        store().faults().mend();
    }

    @Test
    @Tag("P5")
    public final void putTellsWhatItDecided() {
        BlobPathCache cache = open();

        assertThat(cache.put(digest(1), path("m"))).as("first put").isEqualTo(new PutResult(true, path("m")));
        assertThat(cache.put(digest(1), path("a"))).as("second path").isEqualTo(new PutResult(true, path("m")));
        assertThat(cache.put(digest(1), path("a"))).as("duplicate again").isEqualTo(new PutResult(false, path("m")));
        assertThat(cache.put(digest(1), path("m"))).as("canonical again").isEqualTo(new PutResult(false, path("m")));
    }

    @Test
    @Tag("P5")
    public final void putTellsThePromotedCanonicalPath() {
        BlobPathCache cache = open();
        cache.putAll(Sample.records(digest(1), "m", "a"));
        cache.remove(digest(1), path("m"));

        assertThat(cache.put(digest(1), path("m"))).isEqualTo(new PutResult(true, path("a")));
        assertThat(cache.put(digest(1), path("a"))).isEqualTo(new PutResult(false, path("a")));
    }
}
