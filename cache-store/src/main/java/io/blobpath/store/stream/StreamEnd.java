package io.blobpath.store.stream;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a stream ended: with its last byte, or with a failure that each reader gets as an exception of its own. */
final class StreamEnd {
    static final StreamEnd COMPLETE = new StreamEnd(null);
    static final StreamEnd ELSEWHERE = new StreamEnd(StreamStoredElsewhereException::new);

    private final @Nullable Supplier<IOException> failure;

    private StreamEnd(@Nullable Supplier<IOException> failure) {
        this.failure = failure;
    }

    static StreamEnd failed(StreamKey key, Throwable cause) {
        return new StreamEnd(() -> new StreamFailedException("cannot make the stream '" + key + "': " + cause, cause));
    }

    static StreamEnd stored(StreamKey key, IOException cause) {
        return new StreamEnd(
                () -> new StreamStorageException("cannot store the stream '" + key + "': " + cause, cause));
    }

    static StreamEnd abandoned(StreamKey key, String why) {
        return new StreamEnd(() -> new StreamAbandonedException("the stream '" + key + "' was given up: " + why));
    }

    /** Returns if it ended well. */
    void check() throws IOException {
        if (failure != null) {
            throw failure.get();
        }
    }
}
