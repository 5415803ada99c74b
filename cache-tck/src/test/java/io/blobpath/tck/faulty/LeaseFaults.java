package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.LeaseAttempt;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bugs in leases. */
enum LeaseFaults implements LeaseFault {
    /** Who asks while the lease is held is granted it too. */
    @Breaks("K1")
    LETS_TWO_IN {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public LeaseAttempt tryAcquire(LeaseClaim claim) {
                    LeaseAttempt attempt = super.tryAcquire(claim);
                    return attempt instanceof LeaseAttempt.Held held
                            ? new LeaseAttempt.Granted(held.by().fence() + 1, Optional.empty())
                            : attempt;
                }
            };
        }
    },
    /** A wait forgets that its caller was interrupted before. */
    @Breaks("K2")
    CLEARS_THE_INTERRUPT {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return sound;
        }

        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            return new ForwardingCache(sound) {
                @Override
                public Leases leases() {
                    return deaf(sound.leases());
                }
            };
        }

        private Leases deaf(Leases leases) {
            InvocationHandler handler = (proxy, method, arguments) -> {
                Thread.interrupted();
                try {
                    return method.invoke(leases, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            };
            return (Leases)
                    Proxy.newProxyInstance(Leases.class.getClassLoader(), new Class<?>[] {Leases.class}, handler);
        }
    },
    /** Every lease lasts an hour, whatever was asked. */
    @Breaks("K3")
    NEVER_ENDS {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                LeaseClaim asked(LeaseClaim claim) {
                    return new LeaseClaim(
                            claim.name(),
                            claim.owner(),
                            Duration.ofHours(1),
                            claim.holder(),
                            Optional.empty(),
                            claim.honourFailure());
                }
            };
        }
    },
    /** A release ends the lease whoever holds it. */
    @Breaks("K4")
    RELEASES_FOR_ANYBODY {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
                    return super.release(name, owner, failure)
                            || super.peek(name)
                                    .map(state -> super.breakLease(name, state.fence()))
                                    .orElse(false);
                }
            };
        }
    },
    /** A renewal of a lease that is gone takes it again. */
    @Breaks("K5")
    REVIVES_BY_RENEWAL {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public List<Boolean> renew(List<LeaseRenewal> renewals) {
                    renewals.forEach(each -> super.tryAcquire(new LeaseClaim(
                            each.name(), each.owner(), each.lease(), "revived", Optional.empty(), false)));
                    return super.renew(renewals);
                }
            };
        }
    },
    /** A repeated request is a new acquisition. */
    @Breaks("K6")
    GRANTS_ANEW_TO_THE_SAME_TOKEN {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public LeaseAttempt tryAcquire(LeaseClaim claim) {
                    super.release(claim.name(), claim.owner(), Optional.empty());
                    return super.tryAcquire(claim);
                }
            };
        }
    },
    /** Fences are counted in memory, from one. */
    @Breaks("K7")
    COUNTS_FENCES_FROM_ONE {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            AtomicLong last = new AtomicLong();
            Map<OwnerToken, Long> fences = new ConcurrentHashMap<>();
            return new ForwardingLeases(sound) {
                @Override
                LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
                    return new LeaseAttempt.Granted(
                            fences.computeIfAbsent(claim.owner(), owner -> last.incrementAndGet()), grant.entry());
                }
            };
        }
    },
    /** A renewal is taken for done without a look at the answer. */
    @Breaks("K8")
    TAKES_EVERY_RENEWAL_FOR_DONE {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public List<Boolean> renew(List<LeaseRenewal> renewals) {
                    return super.renew(renewals).stream().map(answer -> true).toList();
                }
            };
        }
    },
    /** Names that differ only in case are one. */
    @Breaks("K9")
    IGNORES_CASE_IN_NAMES {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                LeaseClaim asked(LeaseClaim claim) {
                    return renamed(claim, claim.name().key().toLowerCase(Locale.ROOT));
                }
            };
        }
    },
    /** The listing goes on to show what was released. */
    @Breaks("K10")
    KEEPS_RELEASED_LEASES {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            Map<LeaseName, LeaseState> seen = new ConcurrentHashMap<>();
            return new ForwardingLeases(sound) {
                @Override
                public LeaseAttempt tryAcquire(LeaseClaim claim) {
                    LeaseAttempt attempt = super.tryAcquire(claim);
                    super.peek(claim.name()).ifPresent(state -> seen.put(claim.name(), state));
                    return attempt;
                }

                @Override
                public LeasePage list(Optional<String> token, int limit) {
                    LeasePage page = super.list(token, limit);
                    List<LeaseState> all = new ArrayList<>(page.leases());
                    seen.values().stream()
                            .filter(state -> super.peek(state.name()).isEmpty())
                            .limit(limit - all.size())
                            .forEach(all::add);
                    return new LeasePage(all, page.next());
                }
            };
        }
    },
    /** A failure that a holder leaves behind is dropped. */
    @Breaks("K11")
    DROPS_FAILURES {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                public boolean release(LeaseName name, OwnerToken owner, Optional<LeaseFailure> failure) {
                    return super.release(name, owner, Optional.empty());
                }
            };
        }
    },
    /** Fences are the clock in seconds, so that two grants within one have the same. */
    @Breaks("K7")
    REPEATS_A_FENCE {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                LeaseAttempt.Granted granted(LeaseClaim claim, LeaseAttempt.Granted grant) {
                    return new LeaseAttempt.Granted(grant.fence() / 1_000_000, grant.entry());
                }
            };
        }
    },
    /** Names are cut to what fits into a column. */
    @Breaks("K9")
    CUTS_LONG_NAMES {
        @Override
        public LeaseDriver leases(LeaseDriver sound, CacheDriver driver) {
            return new ForwardingLeases(sound) {
                @Override
                LeaseClaim asked(LeaseClaim claim) {
                    String key = claim.name().key();
                    return renamed(claim, key.substring(0, Math.min(255, key.length())));
                }
            };
        }
    };

    private static LeaseClaim renamed(LeaseClaim claim, String key) {
        return new LeaseClaim(
                LeaseName.ofKey(key),
                claim.owner(),
                claim.lease(),
                claim.holder(),
                claim.takeOver(),
                claim.honourFailure());
    }
}
