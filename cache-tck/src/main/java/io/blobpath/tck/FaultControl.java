package io.blobpath.tck;

/**
 * Breaks the way between all handles and the backend of one store, on demand. Thread-safe.
 *
 * <p>It acts on the network, a proxy or the process of the backend, not inside the driver.
 */
public interface FaultControl {
    /**
     * Cuts the way until {@link #mend}: from now on no call reaches the backend. It is best to swallow requests without any
     * answer, because refused connections prove nothing about deadlines.
     */
    void cut();

    /** Undoes {@link #cut}. When it returns, the handles that are open work again. */
    void mend();

    /**
     * Lets the next put or remove reach the backend and be applied, and its reply get lost. In a batch, the first reply is
     * lost.
     */
    void loseNextReply();
}
