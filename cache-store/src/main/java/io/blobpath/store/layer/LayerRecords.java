package io.blobpath.store.layer;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.store.stream.StreamListener;
import java.io.IOException;
import java.util.List;

/** What the index tells of layers. When it fails, the listener is told, and work goes on. */
final class LayerRecords {
    private static final PageRequest FIRST = PageRequest.first(100);

    private final BlobPathCache index;
    private final String name;
    private final StreamListener listener;

    private interface Call {
        void run();
    }

    LayerRecords(BlobPathCache index, String name, StreamListener listener) {
        this.index = index;
        this.name = name;
        this.listener = listener;
    }

    /** Where others have it; the first hundred. */
    List<BlobPath> copies(Digest digest) {
        try {
            BlobPath ours = path(digest);
            return index.paths(digest, FIRST).paths().stream()
                    .filter(path -> !path.equals(ours))
                    .toList();
        } catch (BlobPathCacheException e) {
            failed(e);
            return List.of();
        }
    }

    /** This cache has it. */
    void add(Digest digest) {
        attempt(() -> index.put(digest, path(digest)));
    }

    /** This cache has it no longer. */
    void remove(Digest digest) {
        attempt(() -> index.remove(digest, path(digest)));
    }

    private void attempt(Call call) {
        try {
            call.run();
        } catch (BlobPathCacheException e) {
            failed(e);
        }
    }

    private void failed(BlobPathCacheException cause) {
        listener.storageFailed("index", new IOException(cause));
    }

    private BlobPath path(Digest digest) {
        return BlobPath.of(name + '/' + digest.algorithm().id() + '/' + digest.hex());
    }
}
