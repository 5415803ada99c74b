package io.blobpath.lmdb;

import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseFailure;
import io.blobpath.cache.spi.OwnerToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the rows of the lease file mean. Each method works in the transaction or snapshot that it is given. */
final class LmdbLeaseTable {
    static final char LEASE = 'L';
    private static final char FAILURE = 'F';
    private static final byte[] FENCE = {'N'};

    private LmdbLeaseTable() {}

    static byte[] key(LeaseName name) {
        return LmdbLeaseFile.key(LEASE, name.key());
    }

    static Optional<LmdbLeaseRow> row(LmdbSnapshot snapshot, byte[] key) {
        byte[] value = snapshot.get(key);
        return value == null ? Optional.empty() : Optional.of(LmdbLeaseRow.decoded(value));
    }

    static Optional<LmdbLeaseRow> rowOf(LmdbSnapshot snapshot, LeaseName name, OwnerToken owner) {
        return row(snapshot, key(name)).filter(row -> row.owner().equals(owner));
    }

    static long grant(LmdbTransaction transaction, LeaseClaim claim, LmdbPresence.Seat seat) {
        byte[] last = transaction.get(FENCE);
        long clock = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        long fence = Math.max(last == null ? 0 : ByteBuffer.wrap(last).getLong() + 1, clock);
        transaction.replace(
                FENCE, ByteBuffer.allocate(Long.BYTES).putLong(fence).array());
        write(transaction, LmdbLeaseRow.granted(claim, fence, seat));
        return fence;
    }

    static void write(LmdbTransaction transaction, LmdbLeaseRow row) {
        transaction.replace(key(row.name()), row.encoded());
    }

    /** Remembers a failure, and forgets those whose time is over. */
    static void remember(LmdbTransaction transaction, LeaseName name, LeaseFailure failure) {
        for (byte[] key : keys(transaction, FAILURE)) {
            if (failure(transaction, key).isEmpty()) {
                transaction.delete(key);
            }
        }
        byte[] reason = failure.reason().getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(2 * Long.BYTES + reason.length);
        value.putLong(System.nanoTime()).putLong(failure.keep().toNanos()).put(reason);
        transaction.replace(LmdbLeaseFile.key(FAILURE, name.key()), value.array());
    }

    static Optional<String> failure(LmdbSnapshot snapshot, LeaseName name) {
        return failure(snapshot, LmdbLeaseFile.key(FAILURE, name.key()));
    }

    /** Removes the leases that dead processes left, but not the last fence. */
    static int clear(LmdbTransaction transaction) {
        List<byte[]> keys = keys(transaction, LEASE);
        keys.forEach(transaction::delete);
        return keys.size();
    }

    private static List<byte[]> keys(LmdbTransaction transaction, char kind) {
        List<byte[]> keys = new ArrayList<>();
        byte[] start = {(byte) kind};
        for (boolean row = transaction.seek(start);
                row && transaction.key()[0] == (byte) kind;
                row = transaction.next()) {
            keys.add(transaction.key());
        }
        transaction.closeCursor();
        return keys;
    }

    /**
     * The failure in this row, unless its time is over. On Linux the monotonic clock is one for all processes of a boot; were
     * that not so, a moment in the future would tell, and counts as over.
     */
    private static Optional<String> failure(LmdbSnapshot snapshot, byte[] key) {
        byte[] bytes = snapshot.get(key);
        if (bytes == null) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.wrap(bytes);
        long age = System.nanoTime() - value.getLong();
        boolean over = age < 0 || age >= value.getLong();
        return over
                ? Optional.empty()
                : Optional.of(StandardCharsets.UTF_8.decode(value).toString());
    }
}
