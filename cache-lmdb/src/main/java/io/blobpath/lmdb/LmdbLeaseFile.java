package io.blobpath.lmdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;

/**
 * The file of leases, beside the one of records. It is not synced: a lease need not survive the kernel, whose boot id is in the
 * file's name, and what a killed process wrote is in the page cache.
 *
 * <p>It is changed only by the writer's thread and inside a write transaction of the records, so that a grant or a guarded write
 * is one step with what it reads and writes there, for all processes.
 */
final class LmdbLeaseFile {
    private static final long MAP_SIZE = 1L << 30;
    private static final String PREFIX = "leases-";

    private final Env<byte[]> env;
    private final Dbi<byte[]> rows;
    private final LmdbReaders readers;

    private LmdbLeaseFile(Env<byte[]> env, Dbi<byte[]> rows) {
        this.env = env;
        this.rows = rows;
        this.readers = new LmdbReaders(env, rows);
    }

    /** Opens it, and when no other process is there removes what dead ones left behind. */
    static LmdbLeaseFile open(Path directory, String boot, boolean alone) throws IOException {
        Path file = directory.resolve(PREFIX + boot + ".mdb");
        if (alone) {
            removeOtherBoots(directory, file);
            LmdbReaderTable.reserve(directory.resolve(file.getFileName() + "-lock"));
        }
        try {
            Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA)
                    .setMapSize(MAP_SIZE)
                    .setMaxReaders(LmdbReaders.TABLE)
                    .open(
                            file.toFile(),
                            LmdbDirectory.FILE_MODE,
                            EnvFlags.MDB_NOSUBDIR,
                            EnvFlags.MDB_NOTLS,
                            EnvFlags.MDB_NOSYNC);
            LmdbLeaseFile opened = new LmdbLeaseFile(env, env.openDbi((byte[]) null));
            env.readerCheck();
            return opened;
        } catch (LmdbException e) {
            throw LmdbErrors.translate(e);
        }
    }

    /** The key of a row: a prefix and a hash, because names may be longer than LMDB's keys. */
    static byte[] key(char kind, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            byte[] key = new byte[1 + hash.length];
            key[0] = (byte) kind;
            System.arraycopy(hash, 0, key, 1, hash.length);
            return key;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    <R> R read(Duration timeout, Function<LmdbSnapshot, R> reader) {
        return readers.read(timeout, reader);
    }

    /** Changes rows in one transaction; on the writer's thread only. */
    <R> R change(Function<LmdbTransaction, R> change) {
        try (LmdbTransaction transaction = new LmdbTransaction(rows, env.txnWrite(), Long.MAX_VALUE)) {
            R result = change.apply(transaction);
            transaction.commit();
            return result;
        } catch (LmdbException e) {
            throw LmdbErrors.translate(e);
        }
    }

    /** Ends it; false if a read does not end in time. */
    boolean close(Deadline deadline) {
        if (!readers.close(deadline)) {
            return false;
        }
        env.close();
        return true;
    }

    private static void removeOtherBoots(Path directory, Path file) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(directory)) {
            others = files.filter(each -> each.getFileName().toString().startsWith(PREFIX))
                    .filter(each -> !each.toString().startsWith(file.toString()))
                    .toList();
        }
        for (Path other : others) {
            Files.deleteIfExists(other);
        }
    }
}
