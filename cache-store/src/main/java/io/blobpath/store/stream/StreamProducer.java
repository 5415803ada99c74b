package io.blobpath.store.stream;

/** Makes the bytes of a stream. */
@FunctionalInterface
public interface StreamProducer {
    /**
     * Writes the whole stream, then returns. Runs once for all callers, on a thread of its own, detached from the caller who
     * brought it; only when the cache is bypassed does {@link StreamCache#fetch} run it on the caller's thread.
     *
     * <p>When nobody reads any more and {@link OrphanPolicy#ABORT} holds, the thread is interrupted. The sink ends with this
     * method: what it left to other threads cannot write later.
     *
     * @throws Exception the reason why there is no more; every reader gets it as a cause, after the bytes that there are
     */
    void produce(StreamSink sink) throws Exception;
}
