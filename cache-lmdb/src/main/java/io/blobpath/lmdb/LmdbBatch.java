package io.blobpath.lmdb;

import io.blobpath.cache.BlobRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Some changes of a bulk operation, for one transaction. They are done in the order of their digests, so that neighbours
 * share pages; those of one digest keep their order, so that the results are those of doing all in the order given.
 */
final class LmdbBatch<R> implements LmdbWriter.Change<List<R>> {
    /** The most changes in a transaction: enough to pay for its sync, few enough that others need not wait long. */
    static final int SIZE = 4096;

    private final LmdbChanges.OfDigest<R>[] changes;
    private final int[] order;

    private LmdbBatch(LmdbChanges.OfDigest<R>[] changes) {
        this.changes = changes;
        Comparator<Integer> byDigest = Comparator.comparing(i -> changes[i].digestKey(), Arrays::compareUnsigned);
        this.order = IntStream.range(0, changes.length)
                .boxed()
                .sorted(byDigest)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @SuppressWarnings("unchecked") // Arrays have no type arguments at run time.
    static <R> LmdbBatch<R> of(List<BlobRecord> records, Function<BlobRecord, LmdbChanges.OfDigest<R>> change) {
        return new LmdbBatch<>(records.stream().map(change).toArray(LmdbChanges.OfDigest[]::new));
    }

    @Override
    @SuppressWarnings("unchecked") // As above.
    public List<R> apply(LmdbTransaction transaction) {
        Object[] results = new Object[changes.length];
        for (int i : order) {
            results[i] = changes[i].apply(transaction);
        }
        return (List<R>) Arrays.asList(results);
    }
}
