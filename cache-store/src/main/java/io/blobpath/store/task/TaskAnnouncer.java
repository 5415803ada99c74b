package io.blobpath.store.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows running tasks to the other processes on the store, as leases that nobody waits for. It is only for people: if the store
 * does not take the announcement, the task runs all the same.
 *
 * <p>The announcement of a process that died is gone when its lease ends.
 */
public final class TaskAnnouncer {
    /** How the names of the leases begin. */
    static final String PREFIX = "task/";

    private static final Logger LOG = LoggerFactory.getLogger(TaskAnnouncer.class);
    private static final int PAGE = 1000;
    private static final int ID_LENGTH = 8;
    private static final int LONGEST_NAME = 100;

    // Short, because the progress travels with the renewals, three in each lease.
    private static final LeaseOptions OPTIONS = LeaseOptions.DEFAULT.withLease(Duration.ofSeconds(6));

    private final Leases leases;

    /** Announces through these leases, which stay the caller's. */
    public TaskAnnouncer(Leases leases) {
        this.leases = leases;
    }

    /** The body, announced while it runs. Names that are long or not well-formed are shortened. */
    public <R, X extends Exception> TaskBody<R, X> announced(String name, TaskBody<R, X> body) {
        return context -> {
            Optional<Lease> announcement = announce(name);
            try {
                return body.run(telling(context, announcement));
            } finally {
                announcement.ifPresent(Lease::close);
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

    private static TaskContext telling(TaskContext context, Optional<Lease> announcement) {
        return announcement.map(lease -> context.telling(lease::progress)).orElse(context);
    }

    private Optional<Lease> announce(String name) {
        try {
            String id = OwnerToken.random().toString().substring(0, ID_LENGTH);
            return leases.tryAcquire(LeaseName.of(PREFIX + id + "/" + wellFormed(name)), OPTIONS);
        } catch (BlobPathCacheException e) {
            LOG.warn("task '{}' is not announced to other processes", name, e);
            return Optional.empty();
        }
    }

    private static Optional<AnnouncedTask> parse(LeaseState state) {
        String name = state.name().toString();
        int slash = name.indexOf('/', PREFIX.length());
        return state.name().digest().isPresent() || !name.startsWith(PREFIX) || slash < 0
                ? Optional.empty()
                : Optional.of(
                        new AnnouncedTask(name.substring(PREFIX.length(), slash), name.substring(slash + 1), state));
    }

    /** Whatever a task is called, a lease can be called that. */
    private static String wellFormed(String name) {
        String text = new String(name.getBytes(UTF_8), UTF_8);
        return text.length() <= LONGEST_NAME ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME / 2));
    }
}
