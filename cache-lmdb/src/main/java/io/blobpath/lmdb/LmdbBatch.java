package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobRecord;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A bulk operation, in one transaction after the other. The records are taken in the order of their digests, so that those of
 * one transaction share pages; those of one digest keep their order, so that the results are those of doing all in the order
 * given.
 */
final class LmdbBatch<R> {
    /** The most changes in a transaction: enough to pay for its sync, few enough that others need not wait long. */
    private static final int SIZE = 4096;

    private final List<BlobRecord> records;
    private final int[] order;
    private final Object[] results;

    LmdbBatch(List<BlobRecord> records) {
        this.records = records;
        this.order = IntStream.range(0, records.size())
                .boxed()
                .sorted(Comparator.comparing(i -> records.get(i).digest()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.results = new Object[order.length];
    }

    /**
     * Does it.
     *
     * @param change what to do with each record
     * @param writer runs a transaction
     * @return the results, in the order of the records
     * @throws BlobPathCacheException if a transaction failed; tells what those before it applied
     */
    @SuppressWarnings("unchecked") // Arrays have no type arguments at run time.
    List<R> run(
            Function<BlobRecord, LmdbWriter.Change<R>> change, Function<LmdbWriter.Change<Object[]>, Object[]> writer) {
        for (int from = 0; from < order.length; from += SIZE) {
            int[] part = Arrays.copyOfRange(order, from, Math.min(order.length, from + SIZE));
            try {
                Object[] done = writer.apply(together(part, change));
                for (int i = 0; i < part.length; i++) {
                    results[part[i]] = done[i];
                }
            } catch (BlobPathCacheException e) {
                BitSet applied = new BitSet();
                Arrays.stream(order, 0, from).forEach(applied::set);
                throw e.withApplied(applied);
            }
        }
        return (List<R>) Arrays.asList(results);
    }

    private LmdbWriter.Change<Object[]> together(int[] part, Function<BlobRecord, LmdbWriter.Change<R>> change) {
        List<LmdbWriter.Change<R>> changes =
                Arrays.stream(part).mapToObj(records::get).map(change).toList();
        return transaction -> {
            Object[] done = new Object[part.length];
            for (int i = 0; i < part.length; i++) {
                done[i] = changes.get(i).apply(transaction);
            }
            return done;
        };
    }
}
