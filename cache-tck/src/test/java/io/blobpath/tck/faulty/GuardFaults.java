package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.OwnerToken;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bugs in guarded writes, and in what a grant tells of its digest. */
enum GuardFaults implements LeaseFault {
    /** A put with a token is a put like any other. */
    @Breaks("F1")
    WRITES_UNGUARDED {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
                    return driver.put(digest, path);
                }
            };
        }
    },
    /** The entry of a grant is the one that was read at the first. */
    @Breaks("F2")
    SHOWS_THE_ENTRY_OF_THE_FIRST_GRANT {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            Map<LeaseName, Optional<BlobEntry>> first = new ConcurrentHashMap<>();
            return new ForwardingLeases(sound) {
                @Override
                LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
                    return new LeaseAttempt.Granted(
                            grant.fence(), first.computeIfAbsent(claim.name(), name -> grant.entry()));
                }
            };
        }
    },
    /** What is promoted is recorded if it was not. */
    @Breaks("F3")
    PROMOTES_WHAT_IS_NOT_RECORDED {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public boolean promote(Digest digest, OwnerToken owner, BlobPath path) {
                    super.put(digest, owner, path);
                    return super.promote(digest, owner, path);
                }
            };
        }
    },
    /** A remove with a token is a remove like any other. */
    @Breaks("F1")
    REMOVES_UNGUARDED {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public RemoveResult remove(Digest digest, OwnerToken owner, BlobPath path) {
                    return driver.remove(digest, path);
                }
            };
        }
    },
    /** The token is compared in one step, and the write is another. */
    @Breaks("F1")
    COMPARES_THE_TOKEN_WITH_ITS_OWN_MEMORY {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                private final Set<OwnerToken> holders = ConcurrentHashMap.newKeySet();

                @Override
                LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
                    holders.add(claim.owner());
                    return grant;
                }

                @Override
                public PutResult put(Digest digest, OwnerToken owner, BlobPath path) {
                    return holders.contains(owner) ? driver.put(digest, path) : super.put(digest, owner, path);
                }
            };
        }
    },
    /** A grant tells the entry as it was just before. */
    @Breaks("F2")
    READS_BEFORE_THE_GRANT {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                private final Map<LeaseName, Optional<BlobEntry>> before = new ConcurrentHashMap<>();

                @Override
                LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
                    Optional<BlobEntry> last = before.getOrDefault(claim.name(), Optional.empty());
                    before.put(claim.name(), grant.entry());
                    return new LeaseAttempt.Granted(grant.fence(), last);
                }
            };
        }
    };
}
