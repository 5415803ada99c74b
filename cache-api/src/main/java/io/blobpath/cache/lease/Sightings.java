package io.blobpath.cache.lease;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stores that keep no time last showed of the leases that others hold, and since when: whoever tries for a lease again
 * and again knows for how long its holder has stood still. A version is never used twice for a name, so that one which is seen
 * again was there all the time.
 *
 * <p>Of so many names as were looked at last. One that is forgotten costs another wait of one lease.
 */
final class Sightings {
    private static final int MOST = 1_000;

    private final Map<LeaseName, Sighting> byName = new LinkedHashMap<>();

    /** A holder that was seen first at this time, on the monotonic clock, and has not moved since. */
    record Sighting(String version, Duration lease, long since) {
        /** Whether that is so long ago that the holder is gone. */
        boolean isOver(long now) {
            return now - since >= lease.toNanos();
        }
    }

    /** What was seen of this name last. */
    synchronized @Nullable Sighting last(LeaseName name) {
        return byName.get(name);
    }

    /** Notes what the store shows now, and tells since when it does. */
    synchronized Sighting note(LeaseState state, long now) {
        Sighting last = byName.remove(state.name());
        Sighting sighting = last != null && last.version().equals(state.version())
                ? last
                : new Sighting(state.version(), state.lease(), now);
        byName.put(state.name(), sighting);
        if (byName.size() > MOST) {
            byName.remove(byName.keySet().iterator().next());
        }
        return sighting;
    }

    synchronized void forget(LeaseName name) {
        byName.remove(name);
    }

    synchronized int size() {
        return byName.size();
    }
}
