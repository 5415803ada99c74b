package io.blobpath.tck.faulty;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.PutResult;
import io.blobpath.cache.spi.CacheDriver;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
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
    };
}
