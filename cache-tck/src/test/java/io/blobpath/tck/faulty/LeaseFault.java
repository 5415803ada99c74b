package io.blobpath.tck.faulty;

import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseDriver;
import java.util.Optional;

/** A bug in the leases of a driver. */
interface LeaseFault extends Fault {
    /** The leases with the bug. */
    LeaseDriver leases(LeaseDriver sound, CacheDriver driver);

    @Override
    default CacheDriver driver(CacheDriver sound, FaultyOptions options) {
        LeaseDriver faulty = leases(sound.leases().orElseThrow(), sound);
        return new ForwardingDriver(sound) {
            @Override
            public Optional<LeaseDriver> leases() {
                return Optional.of(faulty);
            }
        };
    }
}
