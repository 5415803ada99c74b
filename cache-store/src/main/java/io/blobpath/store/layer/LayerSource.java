package io.blobpath.store.layer;

import io.blobpath.cache.BlobPath;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Downloads layers. */
@FunctionalInterface
public interface LayerSource {
    /**
     * Writes the compressed bytes of the layer, then returns. Runs on a thread of its own, inside the lease of the layer, so on one
     * node at a time. The thread is interrupted when nobody reads any more or the lease is lost. Each byte is checked: more than
     * the layer's size are refused at once, and others than the digest's are never kept.
     *
     * @param copies where other caches on the same index say that they have the layer, as {@code <name of the cache>/<algorithm>/<hex>};
     *     a hint, for sources that can ask a peer instead of the registry
     * @throws Exception the reason why there is no more; every reader gets it as a cause, after the bytes that there are
     */
    void download(Layer layer, List<BlobPath> copies, WritableByteChannel sink) throws Exception;
}
