package io.blobpath.store.task;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are all taken, the last one added first, whatever the others throw. Their failures are joined: the first one is
 * thrown and carries the rest. For one thread.
 */
public final class CleanUp implements AutoCloseable {
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Adds a step. */
    public void add(Step step) {
        steps.push(step);
    }

    /** Takes all steps; again does nothing. */
    @Override
    public void close() throws IOException {
        Throwable first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (Throwable e) {
                first = join(first, e);
            }
        }
        rethrow(first);
    }

    private static Throwable join(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
