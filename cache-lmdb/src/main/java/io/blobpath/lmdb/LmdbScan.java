package io.blobpath.lmdb;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages over all digests in the order of their keys. The token is the last digest of the page. */
final class LmdbScan {
    /** A page ends early when it has so many duplicates, so that its memory is bounded. */
    private static final int MOST_DUPLICATES = 20_000;

    private static final byte[] FIRST_DIGEST = {1};

    private LmdbScan() {}

    /** The key behind which the page begins. */
    static byte[] start(ScanRequest request) {
        return request.token()
                .map(token -> LmdbRecords.successor(LmdbRecords.digestKey(Digest.parse(token))))
                .orElse(FIRST_DIGEST);
    }

    static ScanPage page(LmdbSnapshot snapshot, byte[] start, ScanRequest request) {
        List<BlobEntry> entries = new ArrayList<>(request.limit());
        int duplicates = 0;
        boolean row = snapshot.seek(start);
        while (row && entries.size() < request.limit() && duplicates < MOST_DUPLICATES) {
            byte[] key = snapshot.key();
            if (LmdbRecords.digestKeyLength(key) != key.length) {
                throw LmdbRecords.corrupted(key);
            }
            BlobPath canonical = BlobPath.ofUtf8(LmdbRecords.path(key, key.length, snapshot.value()));
            row = snapshot.next();
            List<BlobPath> others = List.of();
            boolean complete = true;
            if (row && LmdbRecords.belongs(snapshot.key(), key)) {
                complete = false;
                if (request.duplicates() > 0) {
                    List<byte[]> found = LmdbDuplicates.list(snapshot, key, null, request.duplicates() + 1);
                    complete = found.size() <= request.duplicates();
                    others = found.stream()
                            .limit(request.duplicates())
                            .map(BlobPath::ofUtf8)
                            .toList();
                    duplicates += others.size();
                }
                row = snapshot.seek(LmdbRecords.successor(key));
            }
            entries.add(new BlobEntry(LmdbRecords.digest(key), canonical, others, complete));
        }
        Optional<String> next =
                row ? Optional.of(entries.get(entries.size() - 1).digest().toString()) : Optional.empty();
        return new ScanPage(entries, next);
    }
}
