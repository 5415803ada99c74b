package io.blobpath.tck;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One who asks a driver for one lease, call by call, without the shared core's renewals and retries. */
final class Claimant {
    static final Duration SHORT = Duration.ofMillis(200);
    static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final LeaseDriver driver;
    private final LeaseName name;
    private final OwnerToken token = OwnerToken.random();

    Claimant(LeaseDriver driver, LeaseName name) {
        this.driver = driver;
        this.name = name;
    }

    OwnerToken token() {
        return token;
    }

    LeaseAttempt tries(Duration lease) {
        return driver.tryAcquire(claim(lease, Optional.empty(), false));
    }

    LeaseAttempt triesUnlessFailed(Duration lease) {
        return driver.tryAcquire(claim(lease, Optional.empty(), true));
    }

    /** Tries once and must get it. */
    LeaseAttempt.Granted gets(Duration lease) {
        if (tries(lease) instanceof LeaseAttempt.Granted granted) {
            return granted;
        }
        throw new AssertionError("the lease '" + name + "' is free and was not granted");
    }

    /** Asks until the holder's time is over, as the shared core does: by the store's clock, or by a version that stands still. */
    LeaseAttempt.Granted takesOver(Duration lease) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        @Nullable LeaseState holder = null;
        long seen = 0;
        while (System.nanoTime() < end) {
            long now = System.nanoTime();
            Optional<String> takeOver =
                    holder != null && now - seen >= holder.lease().toNanos()
                            ? Optional.of(holder.version())
                            : Optional.empty();
            LeaseAttempt attempt = driver.tryAcquire(claim(lease, takeOver, false));
            if (attempt instanceof LeaseAttempt.Granted granted) {
                return granted;
            }
            LeaseState by = ((LeaseAttempt.Held) attempt).by();
            if (holder == null || !holder.version().equals(by.version())) {
                seen = System.nanoTime();
            }
            holder = by;
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new AssertionError("the lease '" + name + "' did not end within " + PATIENCE);
    }

    boolean renews(Duration lease) {
        return driver.renew(List.of(new LeaseRenewal(name, token, lease, 0))).get(0);
    }

    boolean releases() {
        return driver.release(name, token, Optional.empty());
    }

    boolean fails(String reason, Duration keep) {
        return driver.release(name, token, Optional.of(new LeaseFailure(reason, keep)));
    }

    private LeaseClaim claim(Duration lease, Optional<String> takeOver, boolean honourFailure) {
        return new LeaseClaim(name, token, lease, "the kit", takeOver, honourFailure);
    }
}
