package io.blobpath.cache.lease;

/**
 * What is to be done once in the whole cluster.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface Work<T> {
    /**
     * Does the work and makes its result visible to every node's probe before it returns. Interrupted when it shall stop: the
     * lease is lost, its time is over, or nobody waits any more.
     */
    T run(FlightContext context) throws Exception;
}
