package io.blobpath.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cache holds: reads it, page by page, and compares it with what is expected. */
final class Entries {
    private Entries() {}

    /** Expects exactly these paths, the canonical one first and the others in byte order, from every look-up. */
    static void assertPaths(BlobPathCache cache, Digest digest, String... expected) {
        assertPaths(cache, digest, Sample.paths(expected));
    }

    static void assertPaths(BlobPathCache cache, Digest digest, List<BlobPath> expected) {
        assertThat(cache.canonical(digest)).as("canonical path of %s", digest).contains(expected.get(0));
        assertThat(paths(cache, digest, 1000)).as("paths of %s", digest).isEqualTo(expected);
        for (BlobPath path : expected) {
            assertThat(cache.contains(digest, path))
                    .as("contains %s, which is recorded", path)
                    .isTrue();
        }
    }

    /** Expects that no look-up finds the digest. */
    static void assertAbsent(BlobPathCache cache, Digest digest) {
        assertThat(cache.canonical(digest)).as("canonical path of %s", digest).isEmpty();
        PathPage page = cache.paths(digest, PageRequest.first(1));
        assertThat(page.paths()).as("paths of %s", digest).isEmpty();
        assertThat(page.next()).as("token behind an empty page").isEmpty();
        assertThat(scan(cache, ScanRequest.first(1000)))
                .as("digests of a scan")
                .extracting(BlobEntry::digest)
                .doesNotContain(digest);
    }

    /** All pages of a digest's paths. */
    static List<BlobPath> paths(BlobPathCache cache, Digest digest, int limit) {
        List<BlobPath> all = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        while (true) {
            PathPage page = cache.paths(digest, request);
            assertThat(page.paths()).as("a page of paths").hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.paths());
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return all;
            }
            request = request.after(next.get());
        }
    }

    /** All pages of a scan from this one on. */
    static List<BlobEntry> scan(BlobPathCache cache, ScanRequest from) {
        List<BlobEntry> all = new ArrayList<>();
        ScanRequest request = from;
        while (true) {
            ScanPage page = cache.scan(request);
            assertThat(page.entries()).as("a page of a scan").hasSizeLessThanOrEqualTo(from.limit());
            all.addAll(page.entries());
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return all;
            }
            request = request.after(next.get());
        }
    }
}
