package io.blobpath.store.task;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tasks that have ended, so many of them, the last ones. Guarded by the scheduler's lock. */
final class TaskHistory {
    private final Map<Long, Task<?>> ended = new LinkedHashMap<>();
    private final int limit;

    TaskHistory(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("history was " + limit + " but it must not be negative");
        }
        this.limit = limit;
    }

    void add(Task<?> task) {
        ended.put(task.id(), task);
        if (ended.size() > limit) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    Optional<Task<?>> find(long id) {
        return Optional.ofNullable(ended.get(id));
    }

    boolean forget(long id) {
        return ended.remove(id) != null;
    }

    int clear() {
        int size = ended.size();
        ended.clear();
        return size;
    }

    Collection<Task<?>> tasks() {
        return ended.values();
    }
}
