package io.blobpath.store.task;

import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Shows running tasks to the other processes on the store, as leases that nobody waits for. It is only for people: if the store
 * does not take the announcement, the task runs all the same.
 *
 * <p>The announcement of a process that died is gone when its lease ends. Where the store keeps no time, as DynamoDB, nobody
 * notices that until {@link Leases#breakLease} takes it away or the store removes it.
 */
public final class TaskAnnouncer {
    /** How the names of the leases begin. */
    static final String PREFIX = "task/";

    private static final int PAGE = 1000;

    // Short, because the progress travels with the renewals, three in each lease.
    private static final LeaseOptions OPTIONS = LeaseOptions.DEFAULT.withLease(Duration.ofSeconds(6));

    private final Leases leases;
    private final LeaseOptions options;

    /** Announces through these leases, which stay the caller's. */
    public TaskAnnouncer(Leases leases) {
        this(leases, OPTIONS);
    }

    TaskAnnouncer(Leases leases, LeaseOptions options) {
        this.leases = leases;
        this.options = options;
    }

    /** The body, announced while it runs. Names that are long or not well-formed are shortened. */
    public <R, X extends Exception> TaskBody<R, X> announced(String name, TaskBody<R, X> body) {
        return context -> {
            try (Announcement announcement = new Announcement(leases, options, name)) {
                return body.run(context.telling(announcement::progress));
            }
        };
    }

    /** The tasks that are announced now, by all processes, the oldest first. */
    public List<AnnouncedTask> running() {
        List<AnnouncedTask> running = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            LeasePage page = leases.list(token, PAGE);
            page.leases().forEach(state -> parse(state).ifPresent(running::add));
            token = page.next();
        } while (token.isPresent());
        running.sort(Comparator.comparing(task -> task.lease().since()));
        return running;
    }

    private static Optional<AnnouncedTask> parse(LeaseState state) {
        String name = state.name().toString();
        int slash = name.indexOf('/', PREFIX.length());
        return state.name().digest().isPresent() || !name.startsWith(PREFIX) || slash < 0
                ? Optional.empty()
                : Optional.of(
                        new AnnouncedTask(name.substring(PREFIX.length(), slash), name.substring(slash + 1), state));
    }
}
