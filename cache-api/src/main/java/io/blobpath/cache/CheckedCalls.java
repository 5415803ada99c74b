package io.blobpath.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Around every call of a driver: refusal after close, and the context of failures. */
final class CheckedCalls {
    private final String driver;
    private final OperationGate gate = new OperationGate();

    CheckedCalls(String driver) {
        this.driver = driver;
    }

    String driver() {
        return driver;
    }

    <R> R call(String operation, Optional<Digest> digest, Supplier<R> body) {
        int stripe = gate.enter();
        try {
            return body.get();
        } catch (BlobPathCacheException e) {
            throw e.at(driver, operation, digest);
        } finally {
            gate.exit(stripe);
        }
    }

    /** Refuses calls from now on and waits for those under way; whether this was the first time. */
    boolean close(Duration patience) {
        return gate.close(patience);
    }
}
