package io.blobpath.store.transfer;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Copies the records of a cache to another one, of whatever drivers, and compares the two afterwards. The path that is canonical
 * in the one becomes so in the other.
 *
 * <p>Both may be used meanwhile. What is recorded or removed in the source after it was passed is not copied; the comparison,
 * which always looks at all records, tells it. What the target has besides stays.
 *
 * <p>Killed or failed half-way, the target has a part of the records, each of them as the source had it. The next run does the
 * rest, from the place that the progress file tells or else from the beginning, where what is there is only looked at.
 */
public final class Migration {
    private final BlobPathCache source;
    private final BlobPathCache target;
    private final StoreListener listener;

    /** From the one to the other; both stay open. */
    public Migration(BlobPathCache source, BlobPathCache target, StoreListener listener) {
        this.source = source;
        this.target = target;
        this.listener = listener;
    }

    /**
     * Compares, and before that copies if asked.
     *
     * @throws InvalidContentException if the progress file is not one of these two caches; nothing was done
     * @throws IOException if the progress file cannot be used
     * @throws io.blobpath.cache.BlobPathCacheException if one of the caches failed; what was copied before stays
     */
    public MigrationReport run(MigrationOptions options) throws IOException {
        RecordSink sink = new RecordSink(target);
        boolean resumed = options.apply() && copy(sink, options);
        Comparison comparison = new Comparison(source, target, listener);
        return comparison.compare(options.apply(), resumed, sink);
    }

    /** Whether it went on where another run was stopped. */
    private boolean copy(RecordSink sink, MigrationOptions options) throws IOException {
        MigrationProgress progress = new MigrationProgress(
                options.progress(), source.info().storeId(), target.info().storeId());
        Optional<String> token = progress.load();
        RecordScan scan = new RecordScan(source);
        listener.started(StorePhase.COPY, source.info().records());
        try {
            scan.forEachPage(token, (page, next) -> {
                copy(page, scan, sink);
                // What the token says is done has to be on the disk of the target.
                sink.flush();
                next.ifPresent(progress::save);
            });
        } catch (IllegalArgumentException e) {
            if (token.isEmpty()) {
                throw e;
            }
            throw progress.wrong("its token is not one of the source");
        }
        listener.finished(StorePhase.COPY);
        progress.done();
        return token.isPresent();
    }

    private void copy(List<BlobEntry> page, RecordScan scan, RecordSink sink) {
        for (BlobEntry entry : page) {
            scan.paths(entry, path -> {
                sink.accept(entry.digest(), path, path.equals(entry.canonical()));
                listener.advanced(StorePhase.COPY, 1, 0);
            });
        }
    }
}
