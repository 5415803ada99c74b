package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheMismatchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The opened data file, found sound. A damaged one is set aside and an empty one begun: the records are hints that can be
 * found again, and a cache must not keep its owner from starting.
 *
 * @param env LMDB's environment
 * @param rows its only tree, the unnamed one: a put then touches no second root
 * @param pageLimit how many pages the rows may occupy
 * @param stamp what the file says it is; null if it is new and says nothing yet
 */
record LmdbStore(
        Env<byte[]> env,
        Dbi<byte[]> rows,
        long pageLimit,
        @Nullable LmdbStamp stamp) {
    private static final Logger LOG = LoggerFactory.getLogger(LmdbStore.class);

    /** Files up to this size are always checked, because it takes no time. */
    private static final long ALWAYS_CHECKED = 16L << 20;

    /** What the map has beyond the limit: for removing, and for pages that recent transactions left behind. */
    private static final long LEAST_RESERVE = 64L << 20;

    private static final byte[] BEFORE_ALL = {0};

    static LmdbStore open(LmdbDirectory directory, LmdbPresence presence, LmdbOptions options) throws IOException {
        boolean check = presence.alone() && needsCheck(directory.data(), presence);
        if (check) {
            Optional<String> damage = LmdbFileCheck.damage(directory.data());
            if (damage.isPresent()) {
                setAside(directory, presence, damage.get());
                check = false;
            }
        }
        try {
            return begin(directory, presence, options, check);
        } catch (CacheCorruptedException e) {
            if (!presence.alone()) {
                throw e;
            }
            setAside(directory, presence, String.valueOf(e.getMessage()));
            return begin(directory, presence, options, false);
        }
    }

    private static boolean needsCheck(Path data, LmdbPresence presence) throws IOException {
        return Files.exists(data) && (Files.size(data) <= ALWAYS_CHECKED || !presence.leftClean(data));
    }

    private static void setAside(LmdbDirectory directory, LmdbPresence presence, String damage) throws IOException {
        Path aside = directory.setAside(Clock.systemUTC());
        presence.trusted();
        LOG.warn(
                "the records in {} are damaged ({}); they were moved to {} and the cache starts empty: fill it again,"
                        + " with 'index' for example",
                directory.path(),
                damage,
                aside.getFileName());
    }

    private static LmdbStore begin(
            LmdbDirectory directory, LmdbPresence presence, LmdbOptions options, boolean checkRecords)
            throws IOException {
        if (presence.alone()) {
            LmdbReaderTable.reserve(directory.readerTable());
        }
        Env<byte[]> env = openEnv(directory, options);
        try {
            env.readerCheck();
            Dbi<byte[]> rows = openRows(env);
            LmdbStamp stamp;
            try (LmdbSnapshot snapshot = new LmdbSnapshot(rows, env.txnRead())) {
                stamp = readStamp(snapshot, directory, presence);
                if (checkRecords) {
                    checkRecords(snapshot);
                    presence.trusted();
                }
            }
            return new LmdbStore(env, rows, options.mapSize().bytes() / env.stat().pageSize, stamp);
        } catch (LmdbException e) {
            env.close();
            throw LmdbErrors.translate(e);
        } catch (RuntimeException e) {
            env.close();
            throw e;
        }
    }

    private static Env<byte[]> openEnv(LmdbDirectory directory, LmdbOptions options) throws IOException {
        try {
            return Env.create(ByteArrayProxy.PROXY_BA)
                    .setMapSize(mapSize(directory.data(), options.mapSize().bytes()))
                    .setMaxReaders(LmdbReaders.TABLE)
                    .open(directory.path().toFile(), LmdbDirectory.FILE_MODE, EnvFlags.MDB_NOTLS);
        } catch (LmdbException e) {
            throw LmdbErrors.translate(e);
        } catch (LinkageError e) {
            throw LmdbErrors.translate(e);
        }
    }

    /** In a read transaction, because a write transaction would wait for other processes, on the caller's thread. */
    private static Dbi<byte[]> openRows(Env<byte[]> env) {
        try (Txn<byte[]> transaction = env.txnRead()) {
            return env.openDbi(transaction, null, null, false);
        }
    }

    /** At least what another process has used before, so that its pages are inside this map. */
    private static long mapSize(Path data, long wanted) throws IOException {
        long size = wanted + Math.max(LEAST_RESERVE, wanted / 8);
        if (Files.exists(data) && Files.size(data) > 0) {
            try (FileChannel file = FileChannel.open(data)) {
                return Math.max(size, LmdbFileCheck.meta(file).mapSize());
            } catch (LmdbPage.Damaged e) {
                throw new CacheCorruptedException("LMDB's file is damaged: " + e.getMessage(), e);
            }
        }
        return size;
    }

    private static @Nullable LmdbStamp readStamp(
            LmdbSnapshot snapshot, LmdbDirectory directory, LmdbPresence presence) {
        LmdbStamp stamp = LmdbStamp.read(snapshot);
        if (stamp != null) {
            stamp.checkSchema();
        } else if (snapshot.countRows() > 0) {
            throw foreign(directory, presence);
        }
        return stamp;
    }

    private static BlobPathCacheException foreign(LmdbDirectory directory, LmdbPresence presence) {
        return presence.existed()
                ? new CacheCorruptedException("the row that names the store is lost")
                : new CacheMismatchException(directory.data()
                        + " is the database of another program; choose a directory of its own in lmdb.directory");
    }

    private static void checkRecords(LmdbSnapshot snapshot) {
        for (boolean row = snapshot.seek(BEFORE_ALL); row; row = snapshot.next()) {
            byte[] key = snapshot.key();
            if (key[0] != 0) {
                LmdbRecords.path(key, LmdbRecords.digestKeyLength(key), snapshot.value());
            }
        }
    }
}
