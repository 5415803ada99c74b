package io.blobpath.benchmarks.peer;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.nio.file.Path;
import java.util.List;

/** Our own LMDB driver, through the public cache with all its checks. */
final class BlobpathPeer implements Peer {
    private static final int SCAN_PAGE = 1000;

    private final BlobPathCache cache;

    BlobpathPeer(Path directory) {
        cache = Caches.open(directory);
    }

    @Override
    public Reader reader() {
        return new Reader() {
            @Override
            public Object get(Lookup lookup) {
                return cache.canonical(lookup.digest()).orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void put(Row row) {
        cache.put(row.digest(), row.path());
    }

    @Override
    public void putAll(List<Row> rows) {
        cache.putAll(rows.stream()
                .map(row -> new BlobRecord(row.digest(), row.path()))
                .toList());
    }

    @Override
    public long scan() {
        long characters = 0;
        ScanRequest request = ScanRequest.first(SCAN_PAGE);
        while (true) {
            ScanPage page = cache.scan(request);
            for (BlobEntry entry : page.entries()) {
                characters += entry.canonical().toString().length();
            }
            if (page.next().isEmpty()) {
                return characters;
            }
            request = request.after(page.next().get());
        }
    }

    @Override
    public void close() {
        cache.close();
    }
}
