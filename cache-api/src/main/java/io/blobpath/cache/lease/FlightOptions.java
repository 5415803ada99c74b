package io.blobpath.cache.lease;

import io.blobpath.cache.CacheUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How to run a flight. Immutable; {@link #builder} starts from the defaults.
 *
 * @param lease the lease of the work: how long the others wait if its node dies
 * @param patience how long this caller waits at most, whatever the progress
 * @param stall how long this caller waits without any progress of the work
 * @param workTime how long one attempt of the work may take before it is interrupted
 * @param rememberFailure how long a definitive failure is remembered for callers on all nodes
 * @param attempts how often this node tries before a transient failure is final
 * @param maxWaiters how many callers of this JVM may share one flight; one more is refused
 * @param onStoreDown what to do when the store of the leases does not answer
 * @param onCallersGone what to do when the last caller has left
 * @param definitive which failures make another try pointless, for every caller on every node
 */
public record FlightOptions(
        Duration lease,
        Duration patience,
        Duration stall,
        Duration workTime,
        Duration rememberFailure,
        int attempts,
        int maxWaiters,
        OnStoreDown onStoreDown,
        OnCallersGone onCallersGone,
        Predicate<Throwable> definitive) {
    /** What to do when the store of the leases does not answer. */
    public enum OnStoreDown {
        /** Fail: for work whose doubling would be wrong. */
        FAIL,
        /**
         * Do the work without a lease: for bytes that a digest verifies, where a second run only costs bandwidth. A probe that
         * throws {@link CacheUnavailableException} then counts as one that found nothing.
         */
        PROCEED
    }

    /** What to do when the last caller has left. */
    public enum OnCallersGone {
        /** Finish the work for those who come later. */
        FINISH,
        /** Interrupt the work. */
        CANCEL
    }

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Thirty seconds of lease; callers wait as long as there is progress within a minute; an hour of work; three attempts; every
     * failure is transient, and a definitive one would be remembered for two seconds; fails when the store is down; finishes
     * without callers.
     */
    public static final FlightOptions DEFAULT = builder().build();

    /** Refuses null and values out of range. */
    public FlightOptions {
        // Has the same range as any other lease.
        LeaseOptions.DEFAULT.withLease(lease);
        for (Duration duration : List.of(patience, stall, workTime, rememberFailure)) {
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a duration of a flight was " + duration + " but it must be 0 to "
                        + LONGEST.toDays() + " days");
            }
        }
        if (attempts < 1 || maxWaiters < 1) {
            throw new IllegalArgumentException(
                    "attempts was " + attempts + " and maxWaiters " + maxWaiters + " but both must be positive");
        }
        Objects.requireNonNull(onStoreDown, "onStoreDown");
        Objects.requireNonNull(onCallersGone, "onCallersGone");
        Objects.requireNonNull(definitive, "definitive");
    }

    /** Asks the probe, which may need a store that is down. */
    <T> Optional<T> look(Probe<T> probe) throws Exception {
        try {
            return probe.probe();
        } catch (CacheUnavailableException e) {
            if (onStoreDown == OnStoreDown.FAIL) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; for one thread. The methods have the meaning of the components of the same name. */
    public static final class Builder {
        private Duration lease = LeaseOptions.DEFAULT.lease();
        private Duration patience = LONGEST;
        private Duration stall = Duration.ofMinutes(1);
        private Duration workTime = Duration.ofHours(1);
        private Duration rememberFailure = Duration.ofSeconds(2);
        private int attempts = 3;
        private int maxWaiters = 10_000;
        private OnStoreDown onStoreDown = OnStoreDown.FAIL;
        private OnCallersGone onCallersGone = OnCallersGone.FINISH;
        private Predicate<Throwable> definitive = failure -> false;

        private Builder() {}

        /** Sets the lease of the work. */
        public Builder lease(Duration value) {
            lease = value;
            return this;
        }

        /** Sets how long a caller waits at most. */
        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        /** Sets how long a caller waits without progress. */
        public Builder stall(Duration value) {
            stall = value;
            return this;
        }

        /** Sets how long an attempt may take. */
        public Builder workTime(Duration value) {
            workTime = value;
            return this;
        }

        /** Sets how often this node tries. */
        public Builder attempts(int value) {
            attempts = value;
            return this;
        }

        /** Sets how many callers may share a flight. */
        public Builder maxWaiters(int value) {
            maxWaiters = value;
            return this;
        }

        /** Sets what to do when the store is down. */
        public Builder onStoreDown(OnStoreDown value) {
            onStoreDown = value;
            return this;
        }

        /** Sets what to do when nobody waits any more. */
        public Builder onCallersGone(OnCallersGone value) {
            onCallersGone = value;
            return this;
        }

        /** Sets which failures are definitive, and how long they are remembered. */
        public Builder definitive(Predicate<Throwable> which, Duration remember) {
            definitive = which;
            rememberFailure = remember;
            return this;
        }

        /** The options. */
        public FlightOptions build() {
            return new FlightOptions(
                    lease,
                    patience,
                    stall,
                    workTime,
                    rememberFailure,
                    attempts,
                    maxWaiters,
                    onStoreDown,
                    onCallersGone,
                    definitive);
        }
    }
}
