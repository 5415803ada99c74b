package io.blobpath.store.stream;

import java.io.IOException;
import java.time.Duration;

/** Is told what happens, on the thread where it happens; must be quick, must not throw, and serves many threads. */
public interface StreamListener {
    /** Wants to know nothing. */
    StreamListener NONE = new StreamListener() {};

    /** A reader got its first byte, so long after it asked for the stream. */
    default void firstByte(Outcome outcome, Duration after) {}

    /** A reader who came while an entry was being opened or made could begin to read, so long after it asked. */
    default void joined(Duration after) {}

    /** An entry was removed to keep the limits. */
    default void evicted(EvictionCause cause, long bytes) {}

    /** The disk failed; what it was for went on without it if it could. */
    default void storageFailed(String operation, IOException cause) {}
}
