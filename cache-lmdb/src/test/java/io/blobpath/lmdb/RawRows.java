package io.blobpath.lmdb;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;

/** Changes the rows of a closed cache behind the driver's back. */
final class RawRows {
    private static final long MAP = 256L << 20;

    private RawRows() {}

    static int stampSchema(Path directory, int schema) {
        change(directory, transaction -> {
            LmdbStamp stamp = LmdbStamp.read(transaction);
            transaction.delete(new byte[] {0});
            new LmdbStamp(schema, stamp == null ? "none" : stamp.storeId()).writeIfAbsent(transaction);
        });
        return schema;
    }

    static void change(Path directory, Consumer<LmdbTransaction> change) {
        try (Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(MAP)
                .open(directory.toFile(), LmdbDirectory.FILE_MODE, EnvFlags.MDB_NOTLS)) {
            Dbi<byte[]> rows = env.openDbi((byte[]) null);
            try (LmdbTransaction transaction = new LmdbTransaction(rows, env.txnWrite(), Long.MAX_VALUE)) {
                change.accept(transaction);
                transaction.commit();
            }
        }
    }
}
