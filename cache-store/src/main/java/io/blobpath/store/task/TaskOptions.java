package io.blobpath.store.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How to run a task.
 *
 * @param deadline how long it may take from its submission to its end, waiting included; after that it fails, and is
 *     interrupted if it runs. Empty for as long as it takes
 * @param patience how long it may wait for what it locks, in the queue and, if it is an update, for leases, together; after
 *     that it fails. A task that has what it locks is not disturbed. An update that begins anew waits anew. Empty for as long
 *     as it takes in the queue, and as {@link UpdateOptions#leases} says for leases
 */
public record TaskOptions(Optional<Duration> deadline, Optional<Duration> patience) {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** No deadline, and patience without end. */
    public static final TaskOptions DEFAULT = new TaskOptions(Optional.empty(), Optional.empty());

    /** Refuses durations out of range. */
    public TaskOptions {
        deadline.ifPresent(limit -> {
            if (limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("deadline was " + limit + " but it must be above 0, to 365 days");
            }
        });
        patience.ifPresent(limit -> {
            if (limit.isNegative() || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("patience was " + limit + " but it must be 0 to 365 days");
            }
        });
    }

    /** The same with this deadline. */
    public TaskOptions withDeadline(Duration duration) {
        return new TaskOptions(Optional.of(duration), patience);
    }

    /** The same with this patience. */
    public TaskOptions withPatience(Duration duration) {
        return new TaskOptions(deadline, Optional.of(duration));
    }
}
