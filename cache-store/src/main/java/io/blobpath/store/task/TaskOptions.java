package io.blobpath.store.task;

import java.time.Duration;
import java.util.Optional;

/**
 * How to run a task.
 *
 * @param deadline how long it may take from its submission to its end, waiting included; after that it fails, and is
 *     interrupted if it runs. Empty for as long as it takes
 */
public record TaskOptions(Optional<Duration> deadline) {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** No deadline. */
    public static final TaskOptions DEFAULT = new TaskOptions(Optional.empty());

    /** Refuses a deadline out of range. */
    public TaskOptions {
        deadline.ifPresent(limit -> {
            if (limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("deadline was " + limit + " but it must be above 0, to 365 days");
            }
        });
    }

    /** The same with this deadline. */
    public TaskOptions withDeadline(Duration duration) {
        return new TaskOptions(Optional.of(duration));
    }
}
