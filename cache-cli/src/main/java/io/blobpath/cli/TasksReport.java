package io.blobpath.cli;

import io.blobpath.cache.lease.LeaseState;
import io.blobpath.store.task.AnnouncedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code tasks} prints. */
record TasksReport(List<Running> tasks) {
    /**
     * One task.
     *
     * @param id tells it from others of its name
     * @param name what it does
     * @param holder host and process that run it
     * @param since when it began, by the wall clock there
     * @param ageMillis how long ago that was, by the wall clock here
     * @param progress what it told last; the unit is its own
     */
    record Running(String id, String name, String holder, String since, long ageMillis, long progress) {
        static Running of(AnnouncedTask task, Instant now) {
            LeaseState lease = task.lease();
            return new Running(
                    task.id(),
                    task.name(),
                    lease.holder(),
                    lease.since().toString(),
                    // Clocks of two hosts differ; no task runs since tomorrow.
                    Math.max(0, Duration.between(lease.since(), now).toMillis()),
                    lease.progress());
        }
    }
}
