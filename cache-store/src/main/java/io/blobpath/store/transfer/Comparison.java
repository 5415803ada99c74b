package io.blobpath.store.transfer;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.walk.RecordScan;
import java.util.LinkedHashSet;
import java.util.Set;

/** Adds up how a cache differs from another one, for the digests that the other one has. */
final class Comparison {
    private final BlobPathCache source;
    private final StoreListener listener;
    private final RecordScan here;
    private final RecordScan there;
    private long digests;
    private long records;
    private long missing;
    private long surplus;
    private long otherCanonical;

    Comparison(BlobPathCache source, BlobPathCache target, StoreListener listener) {
        this.source = source;
        this.listener = listener;
        this.here = new RecordScan(source);
        this.there = new RecordScan(target);
    }

    MigrationReport compare(boolean applied, boolean resumed, RecordSink sink) {
        listener.started(StorePhase.COMPARE, source.info().records());
        here.forEachPage(page -> page.forEach(this::compare));
        listener.finished(StorePhase.COMPARE);
        return new MigrationReport(
                applied,
                resumed,
                digests,
                records,
                sink.added(),
                sink.known(),
                sink.promoted(),
                missing,
                otherCanonical,
                surplus);
    }

    private void compare(BlobEntry entry) {
        Set<BlobPath> others = new LinkedHashSet<>();
        there.paths(entry.digest(), others::add);
        // The canonical path is the first of them.
        boolean same = others.isEmpty() || others.iterator().next().equals(entry.canonical());
        otherCanonical += same ? 0 : 1;
        digests++;
        here.paths(entry, path -> {
            records++;
            missing += others.remove(path) ? 0 : 1;
            listener.advanced(StorePhase.COMPARE, 1, 0);
        });
        surplus += others.size();
    }
}
