package io.blobpath.store.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Keeps what it is given until a test says which of it runs. Between the two a task holds its resources. */
final class HandExecutor implements Executor {
    private final List<Runnable> given = new ArrayList<>();

    @Override
    public void execute(Runnable command) {
        given.add(command);
    }

    int size() {
        return given.size();
    }

    void run(int index) {
        given.remove(index).run();
    }

    void runAll() {
        while (!given.isEmpty()) {
            run(0);
        }
    }
}
