package io.blobpath.lmdb;

import io.blobpath.cache.CacheMismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The row that says whose records these are. Its form is the same in every schema: key {@code 0}, which no digest's key begins
 * with; value of zero byte, check value, {@code blobpath}, schema as four bytes, store id.
 *
 * @param schema the version of the rows' form
 * @param storeId the store that the records belong to
 */
record LmdbStamp(int schema, String storeId) {
    /** The version that this driver writes. */
    static final int SCHEMA = 1;

    private static final byte[] KEY = {0};
    private static final byte[] MAGIC = "blobpath".getBytes(StandardCharsets.US_ASCII);
    private static final int MAGIC_AT = 5;
    private static final int SCHEMA_AT = MAGIC_AT + MAGIC.length;
    private static final int ID_AT = SCHEMA_AT + 4;

    /** The stamp, or null if there is none. */
    static @Nullable LmdbStamp read(LmdbSnapshot snapshot) {
        byte[] value = snapshot.get(KEY);
        if (value == null) {
            return null;
        }
        if (!LmdbRecords.isSealed(KEY, value)
                || value.length < ID_AT
                || !Arrays.equals(value, MAGIC_AT, SCHEMA_AT, MAGIC, 0, MAGIC.length)) {
            throw LmdbRecords.corrupted(KEY);
        }
        int schema = 0;
        for (int i = SCHEMA_AT; i < ID_AT; i++) {
            schema = (schema << 8) | (value[i] & 0xff);
        }
        return new LmdbStamp(schema, new String(value, ID_AT, value.length - ID_AT, StandardCharsets.UTF_8));
    }

    /** Writes this stamp unless there is one, and answers the one that is there. */
    LmdbStamp writeIfAbsent(LmdbTransaction transaction) {
        LmdbStamp existing = read(transaction);
        if (existing != null) {
            return existing;
        }
        byte[] id = storeId.getBytes(StandardCharsets.UTF_8);
        byte[] value = Arrays.copyOf(new byte[] {0}, ID_AT + id.length);
        System.arraycopy(MAGIC, 0, value, MAGIC_AT, MAGIC.length);
        for (int i = 0; i < 4; i++) {
            value[SCHEMA_AT + i] = (byte) (schema >>> (24 - 8 * i));
        }
        System.arraycopy(id, 0, value, ID_AT, id.length);
        transaction.replace(KEY, LmdbRecords.sealed(KEY, value));
        return this;
    }

    void checkSchema() {
        if (schema > SCHEMA) {
            throw new CacheMismatchException("the records have schema " + schema + " and this driver knows up to "
                    + SCHEMA + "; use the version that wrote them, or a newer one");
        }
    }

    void checkStore(Optional<String> expected) {
        if (expected.isPresent() && !expected.get().equals(storeId)) {
            throw new CacheMismatchException("the records belong to store '" + storeId + "' and not to '"
                    + expected.get() + "'; correct storeId or the directory");
        }
    }
}
