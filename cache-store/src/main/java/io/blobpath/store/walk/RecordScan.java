package io.blobpath.store.walk;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Visits records of a cache in bounded memory, however many digests there are and however many paths one has. */
public final class RecordScan {
    private static final int ENTRIES = 500;
    private static final int DUPLICATES = 32;
    private static final int PATHS = 1000;

    private final BlobPathCache cache;

    /** A scan of this cache. */
    public RecordScan(BlobPathCache cache) {
        this.cache = cache;
    }

    /** Visits pages of entries, each entry with its first duplicates. */
    public void forEachPage(Consumer<List<BlobEntry>> visitor) {
        forEachPage(Optional.empty(), (entries, next) -> visitor.accept(entries));
    }

    /**
     * The same behind the page that gave this token, or from the beginning.
     *
     * @param visitor gets each page and the token to go on behind it, which outlives this process; the last page has none
     * @throws IllegalArgumentException if the token is not one of this cache's driver
     */
    public void forEachPage(Optional<String> token, BiConsumer<List<BlobEntry>, Optional<String>> visitor) {
        ScanRequest request = ScanRequest.first(ENTRIES).withDuplicates(DUPLICATES);
        request = token.map(request::after).orElse(request);
        while (true) {
            ScanPage page = cache.scan(request);
            visitor.accept(page.entries(), page.next());
            if (page.next().isEmpty()) {
                return;
            }
            request = request.after(page.next().get());
        }
    }

    /** Visits every path of every entry. The visitor may change the cache. */
    public void forEach(BiConsumer<BlobEntry, BlobPath> visitor) {
        forEachPage(entries -> entries.forEach(entry -> paths(entry, path -> visitor.accept(entry, path))));
    }

    /** Visits every path of one entry, the canonical one first, then in byte order. */
    public void paths(BlobEntry entry, Consumer<BlobPath> visitor) {
        if (entry.complete()) {
            visitor.accept(entry.canonical());
            entry.duplicates().forEach(visitor);
        } else {
            paths(entry.digest(), visitor);
        }
    }

    /** Visits every path of a digest, the canonical one first, then in byte order. */
    public void paths(Digest digest, Consumer<BlobPath> visitor) {
        PageRequest request = PageRequest.first(PATHS);
        while (true) {
            PathPage page = cache.paths(digest, request);
            page.paths().forEach(visitor);
            if (page.next().isEmpty()) {
                return;
            }
            request = request.after(page.next().get());
        }
    }
}
