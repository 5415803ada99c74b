package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.RemoveResult;
import io.blobpath.cache.spi.CacheDriver;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Bugs in batches. */
enum BulkFaults implements Fault {
    /** A batch is sorted by key for the backend, and its results are not put back in order. */
    @Breaks(
            value = "B1",
            also = {"B2", "B3", "C2", "D1", "D2", "D3", "D4", "D5", "E4", "G2", "G4", "G5", "L4", "P3", "P5", "P6", "S1"
            })
    SORTS_THE_BATCH {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    return super.putAll(records.stream()
                            .sorted(Comparator.comparing(BlobRecord::digest).thenComparing(BlobRecord::path))
                            .toList());
                }
            };
        }
    },
    /** Results are kept by record, so that a record which occurs twice is told twice that it is new. */
    @Breaks("B2")
    KEEPS_RESULTS_BY_RECORD {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    Map<BlobRecord, PutResult> results = new HashMap<>();
                    List<PutResult> each = super.putAll(records);
                    for (int i = 0; i < each.size(); i++) {
                        results.putIfAbsent(records.get(i), each.get(i));
                    }
                    return records.stream().map(results::get).toList();
                }
            };
        }
    },
    /** A batch that failed says that it is applied. */
    @Breaks("B3")
    CLAIMS_ALL_WAS_APPLIED {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    try {
                        return super.putAll(records);
                    } catch (BlobPathCacheException e) {
                        BitSet all = new BitSet();
                        all.set(0, records.size());
                        throw e.withApplied(all);
                    }
                }
            };
        }
    },
    /** What a batch holds twice is written, and answered, once. */
    @Breaks("B2")
    DROPS_REPEATED_ELEMENTS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    return super.putAll(records.stream().distinct().toList());
                }
            };
        }
    },
    /** The backend refuses a batch that holds a record twice, and so does the driver. */
    @Breaks("B2")
    REFUSES_REPEATED_ELEMENTS {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<RemoveResult> removeAll(List<BlobRecord> records) {
                    if (new HashSet<>(records).size() < records.size()) {
                        throw new IllegalArgumentException("a batch must not hold an element twice");
                    }
                    return super.removeAll(records);
                }
            };
        }
    },
    /** The limit of the backend is the limit of the driver. */
    @Breaks("B2")
    REFUSES_LARGE_BATCHES {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    if (records.size() > PART) {
                        throw new IllegalArgumentException("a batch must not hold more than " + PART + " elements");
                    }
                    return super.putAll(records);
                }
            };
        }
    },
    /** A long batch goes in parts, and the results of puts are kept in the order in which the parts come back. */
    @Breaks("B2")
    MIXES_UP_PARTS_OF_A_PUT {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<PutResult> putAll(List<BlobRecord> records) {
                    return lastPartFirst(super.putAll(records));
                }
            };
        }
    },
    /** The same of removals. */
    @Breaks("B2")
    MIXES_UP_PARTS_OF_A_REMOVAL {
        @Override
        public CacheDriver driver(CacheDriver sound, FaultyOptions options) {
            return new ForwardingDriver(sound) {
                @Override
                public List<RemoveResult> removeAll(List<BlobRecord> records) {
                    return lastPartFirst(super.removeAll(records));
                }
            };
        }
    };

    private static final int PART = 500;

    private static <R> List<R> lastPartFirst(List<R> results) {
        List<R> mixed = new ArrayList<>(results);
        Collections.rotate(mixed, results.size() % PART == 0 ? PART : results.size() % PART);
        return mixed;
    }
}
