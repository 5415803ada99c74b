package io.blobpath.store.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** How a layer is compressed, as its media type tells: that of OCI ends in {@code +gzip}, that of Docker in {@code .gzip}. */
enum Compression {
    NONE {
        @Override
        InputStream decompress(InputStream in) {
            return in;
        }
    },
    GZIP {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER);
        }
    },
    ZSTD {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            try {
                return ZstdStreams.decompress(in);
            } catch (NoClassDefFoundError e) {
                throw new IOException(
                        "a layer is compressed with zstd; add com.github.luben:zstd-jni to the class path", e);
            }
        }
    };

    private static final int BUFFER = 1 << 16;
    private static final Pattern ENDS_IN_GZIP = Pattern.compile(".*[+./-]gzip");
    private static final Pattern ENDS_IN_ZSTD = Pattern.compile(".*[+./-]zstd");

    static Compression of(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String type = (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (ENDS_IN_GZIP.matcher(type).matches()) {
            return GZIP;
        }
        return ENDS_IN_ZSTD.matcher(type).matches() ? ZSTD : NONE;
    }

    /** The uncompressed bytes; closing it closes the other. */
    abstract InputStream decompress(InputStream in) throws IOException;
}
