package io.blobpath.store.blob;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to collect.
 *
 * @param apply whether to remove; otherwise the report says what would go
 * @param grace how old a blob or leftover must be to go. It has to be longer than the longest time from the first blob of a
 *     push to its manifest, plus the difference between the clocks of the nodes
 * @param slice how long a repository is held at a stretch; a single removal is always finished
 * @param rate how many blobs to remove in a second at most; 0 for as many as it can
 * @param repositories which ones; empty for all
 * @param untagged how long a manifest stays readable by its digest after its last tag moved to another one; without this as long
 *     as the grace period. Manifests that were stored by digest stay in any case
 */
public record GcOptions(
        boolean apply,
        Duration grace,
        Duration slice,
        int rate,
        List<RepositoryName> repositories,
        Optional<Duration> untagged) {
    /** How long garbage stays if nobody says otherwise. */
    public static final Duration GRACE = Duration.ofHours(24);

    /** How long a repository is held at a stretch if nobody says otherwise. */
    public static final Duration SLICE = Duration.ofMillis(200);

    /** Refuses what is negative. */
    public GcOptions {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace was " + grace + " but it must not be negative");
        }
        if (slice.isNegative()) {
            throw new IllegalArgumentException("slice was " + slice + " but it must not be negative");
        }
        if (rate < 0) {
            throw new IllegalArgumentException("rate was " + rate + " but it must not be negative");
        }
        if (untagged.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("untagged was " + untagged.get() + " but it must not be negative");
        }
        repositories = List.copyOf(repositories);
    }

    /** Options that let go of manifests whose tag moved away after the grace period. */
    public GcOptions(boolean apply, Duration grace, Duration slice, int rate, List<RepositoryName> repositories) {
        this(apply, grace, slice, rate, repositories, Optional.empty());
    }

    /** A dry run over all repositories, with a day of grace, in slices of 200 ms. */
    public static GcOptions defaults() {
        return new GcOptions(false, GRACE, SLICE, 0, List.of());
    }

    /** The same, removing or not. */
    public GcOptions withApply(boolean on) {
        return new GcOptions(on, grace, slice, rate, repositories, untagged);
    }

    /** The same with this grace period. */
    public GcOptions withGrace(Duration duration) {
        return new GcOptions(apply, duration, slice, rate, repositories, untagged);
    }

    /** The same with slices of this length. */
    public GcOptions withSlice(Duration duration) {
        return new GcOptions(apply, grace, duration, rate, repositories, untagged);
    }

    /** The same with this rate. */
    public GcOptions withRate(int perSecond) {
        return new GcOptions(apply, grace, slice, perSecond, repositories, untagged);
    }

    /** The same for these repositories. */
    public GcOptions withRepositories(List<RepositoryName> names) {
        return new GcOptions(apply, grace, slice, rate, names, untagged);
    }

    /** The same, letting go of a manifest so long after its last tag moved to another one. */
    public GcOptions withUntagged(Duration age) {
        return new GcOptions(apply, grace, slice, rate, repositories, Optional.of(age));
    }
}
