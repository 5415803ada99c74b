package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bugs in what a put records and answers. */
enum PutFaults implements Fault {
    /** Keys are the bytes of the digest, without its algorithm. */
    @Breaks("P1")
    MIXES_UP_ALGORITHMS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return digest.algorithm() == DigestAlgorithm.BLAKE3
                            ? super.canonical(digest)
                                    .or(() -> super.canonical(Digest.of(DigestAlgorithm.SHA256, digest.bytes())))
                            : super.canonical(digest);
                }
            };
        }
    },
    /** A reference count: each put needs a remove of its own. */
    @Breaks(
            value = "P2",
            also = {"D3", "B2", "B3", "C1", "C4", "E4", "E5"})
    COUNTS_PUTS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            Map<BlobRecord, Integer> extra = new ConcurrentHashMap<>();
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    PutResult result = super.put(digest, path);
                    if (!result.added()) {
                        extra.merge(new BlobRecord(digest, path), 1, Integer::sum);
                    }
                    return result;
                }

                @Override
                public RemoveResult remove(Digest digest, BlobPath path) {
                    Integer left = extra.computeIfPresent(new BlobRecord(digest, path), (key, count) -> count - 1);
                    return left != null && left >= 0 ? RemoveResult.duplicate() : super.remove(digest, path);
                }
            };
        }
    },
    /** The canonical path is always the smallest. */
    @Breaks(
            value = "P3",
            also = {
                "B1", "B2", "B3", "C1", "C2", "C4", "D1", "D2", "D3", "D4", "D5", "E4", "G2", "G4", "G5", "L3", "L4",
                "L8", "P2", "P5", "P6", "S1", "S3"
            })
    SMALLER_PATHS_TAKE_OVER {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    PutResult result = super.put(digest, path);
                    if (path.compareTo(result.canonical()) >= 0) {
                        return result;
                    }
                    promote(digest, path);
                    return new PutResult(result.added(), path);
                }
            };
        }
    },
    /** Null is taken for a digest that is absent. */
    @Breaks("P4")
    TAKES_NULL_FOR_ABSENT {
        @Override
        public BlobPathCache cache(BlobPathCache sound) {
            return new ForwardingCache(sound) {
                @Override
                public Optional<BlobPath> canonical(Digest digest) {
                    return Optional.ofNullable(digest).flatMap(super::canonical);
                }
            };
        }
    },
    /** Every put is told that its own path is the canonical one. */
    @Breaks(
            value = "P5",
            also = {"B1", "B2", "L4", "C1", "C2", "C4"})
    TELLS_EVERYONE_THEY_WON {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    return new PutResult(super.put(digest, path).added(), path);
                }
            };
        }
    },
    /** Long paths are told apart by what fits into a key. */
    @Breaks(
            value = "P6",
            also = {"G4", "D2"})
    COMPARES_511_BYTES {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    String text = path.toString();
                    boolean taken = text.length() > 511
                            && all(digest).stream()
                                    .anyMatch(each -> each.toString().startsWith(text.substring(0, 511)));
                    return taken ? new PutResult(false, super.canonical(digest).orElse(path)) : super.put(digest, path);
                }
            };
        }
    },
    /** Paths are kept in lower case. */
    @Breaks(
            value = "P6",
            also = {"G4"})
    IGNORES_CASE_IN_PATHS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    boolean taken = all(digest).stream()
                            .anyMatch(each -> each.toString().equalsIgnoreCase(path.toString()));
                    return taken ? new PutResult(false, super.canonical(digest).orElse(path)) : super.put(digest, path);
                }
            };
        }
    },
    /** Paths are kept in the composed form of Unicode. */
    @Breaks("P6")
    NORMALISES_UNICODE {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public PutResult put(Digest digest, BlobPath path) {
                    return super.put(digest, BlobPath.of(Normalizer.normalize(path.toString(), Normalizer.Form.NFC)));
                }
            };
        }
    };
}
