package io.blobpath.store.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tasks that wait or run, and so many of those that ended last. Guarded by the lock of the task states. */
final class TaskRegister {
    private final Map<Long, Task<?>> open = new LinkedHashMap<>();
    private final Map<Long, Task<?>> ended = new LinkedHashMap<>();
    private final int history;

    TaskRegister(int history) {
        if (history < 0) {
            throw new IllegalArgumentException("history was " + history + " but it must not be negative");
        }
        this.history = history;
    }

    void add(Task<?> task) {
        open.put(task.id(), task);
    }

    /** Moves it into the history; a caller's own task is forgotten. */
    void end(Task<?> task) {
        open.remove(task.id());
        if (task.caller == null) {
            ended.put(task.id(), task);
            if (ended.size() > history) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
    }

    Optional<Task<?>> find(long id) {
        Task<?> task = open.get(id);
        return Optional.ofNullable(task == null ? ended.get(id) : task);
    }

    boolean forget(long id) {
        return ended.remove(id) != null;
    }

    int clear() {
        int size = ended.size();
        ended.clear();
        return size;
    }

    List<Task<?>> open() {
        return List.copyOf(open.values());
    }

    int openSize() {
        return open.size();
    }

    /** All, in the order of their numbers. */
    Stream<Task<?>> all() {
        return Stream.<Task<?>>concat(ended.values().stream(), open.values().stream())
                .sorted((one, other) -> Long.compare(one.id(), other.id()));
    }
}
