package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.Finding;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.store.doctor.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Looks at a cache through its interface, and asks its driver what that finds. */
final class CacheChecks {
    private static final int PAGE = 1000;
    private static final int LOOK_UPS = 10;
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofDays(1);
    private static final Digest ANY = Digest.parse("sha256:" + "0".repeat(64));

    private final BlobPathCache cache;
    private final LongSupplier nanos;
    private final Instant now;

    CacheChecks(BlobPathCache cache, LongSupplier nanos, Instant now) {
        this.cache = cache;
        this.nanos = nanos;
        this.now = now;
    }

    List<CheckResult> examine() {
        return List.of(
                new CheckResult("answer-time", "does the cache answer at once?", answerTime()),
                new CheckResult("leases", "has the cache leases?", leases()),
                new CheckResult("long-leases", "is no lease held for more than a day?", longLeases()),
                new CheckResult("driver", "does the driver find nothing at its backend?", cache.findings()));
    }

    private List<Finding> answerTime() {
        Duration taken = answer();
        // The first one may connect, and any may meet a moment of load.
        for (int i = 1; i < LOOK_UPS && taken.compareTo(SLOW) >= 0; i++) {
            taken = answer();
        }
        return taken.compareTo(SLOW) < 0
                ? List.of()
                : List.of(new Finding(
                        where(),
                        "took " + taken.toMillis() + " ms for a look-up, several times, and every push waits for that",
                        "look at its load and at the network; let it be near"));
    }

    private Duration answer() {
        long begin = nanos.getAsLong();
        cache.canonical(ANY);
        return Duration.ofNanos(nanos.getAsLong() - begin);
    }

    private List<Finding> leases() {
        try {
            cache.leases();
            return List.of();
        } catch (UnsupportedOperationException e) {
            return List.of(new Finding(
                    where(),
                    "has no leases, so that nothing can be published or collected",
                    "use another driver or table"));
        }
    }

    private List<Finding> longLeases() {
        if (!leases().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            LeasePage page = cache.leases().list(token, PAGE);
            page.leases().stream()
                    .filter(lease -> lease.since().isBefore(now.minus(LONG)))
                    .forEach(lease -> findings.add(held(lease)));
            token = page.next();
        } while (token.isPresent());
        return findings;
    }

    private static Finding held(LeaseState lease) {
        return new Finding(
                "lease " + LeasesCommand.harmless(lease.name().toString()),
                "is held since " + lease.since() + " by " + LeasesCommand.harmless(lease.holder())
                        + ", and others wait for it",
                "look whether that process works; else blobpath leases break --fence " + lease.fence());
    }

    private String where() {
        return cache.info().driver();
    }
}
