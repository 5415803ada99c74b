package io.blobpath.store.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** The only one who needs the optional library for zstd. */
final class ZstdStreams {
    private ZstdStreams() {}

    static InputStream decompress(InputStream in) throws IOException {
        return new ZstdInputStreamNoFinalizer(in);
    }
}
