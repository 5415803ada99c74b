package io.blobpath.store.task;

/** Each time the resources of an update were held, its state asked for others. Nothing was changed. */
public final class UnsettledPlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsettledPlanException(String message) {
        super(message);
    }
}
