package io.blobpath.tck;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads, if this JVM has them; the kit is compiled for one that has not. */
final class VirtualThreads {
    private VirtualThreads() {}

    static Optional<ExecutorService> executor() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException absent) {
            return Optional.empty();
        }
    }
}
