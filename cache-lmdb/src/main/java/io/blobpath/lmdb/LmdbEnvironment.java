package io.blobpath.lmdb;

import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.CacheFullException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.spi.OpenContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An LMDB environment that is open in this process, with its readers and its writer. Closed by the writer's thread, as the
 * last thing it does: if that thread hangs in another process's lock, nothing is taken away from under it.
 */
final class LmdbEnvironment implements LmdbWriter.Target {
    private static final Logger LOG = LoggerFactory.getLogger(LmdbEnvironment.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final LmdbDirectory directory;
    private final LmdbPresence presence;
    private final LmdbStore store;
    private final LmdbLeaseFile leases;
    private final List<Consumer<LeaseName>> watchers = new CopyOnWriteArrayList<>();
    private final Runnable afterClose;
    private final LmdbReaders readers;
    private final LmdbWriter writer;
    private @Nullable LmdbStamp stamp;
    private int handles;

    private LmdbEnvironment(
            LmdbDirectory directory,
            LmdbPresence presence,
            LmdbStore store,
            LmdbLeaseFile leases,
            Runnable afterClose) {
        this.directory = directory;
        this.leases = leases;
        this.presence = presence;
        this.store = store;
        this.afterClose = afterClose;
        this.readers = new LmdbReaders(store.env(), store.rows());
        this.writer = new LmdbWriter(directory.path().toString(), this);
        this.stamp = store.stamp();
    }

    /** Opens it; {@code afterClose} runs when it is closed, or now if it cannot be opened. */
    static LmdbEnvironment open(
            LmdbDirectory directory, LmdbOptions options, OpenContext context, Runnable afterClose) {
        Deadline deadline = Deadline.in(context.operationTimeout());
        LmdbPresence presence = null;
        LmdbEnvironment environment = null;
        try {
            presence = LmdbPresence.enter(directory.presence(), LmdbHost.current(), deadline);
            LmdbStore store = LmdbStore.open(directory, presence, options);
            environment =
                    new LmdbEnvironment(directory, presence, store, leases(directory, presence, store), afterClose);
            environment.start(context, deadline);
            return environment;
        } catch (IOException e) {
            throw LmdbErrors.translate(abandoned(e, environment, presence, afterClose));
        } catch (RuntimeException e) {
            throw abandoned(e, environment, presence, afterClose);
        }
    }

    LmdbDirectory directory() {
        return directory;
    }

    LmdbStamp stamp() {
        return Objects.requireNonNull(stamp, "written when the environment was opened");
    }

    void retain() {
        handles++;
    }

    /** One handle less; how many are left. */
    int release() {
        return --handles;
    }

    /** Reads in a fresh snapshot. */
    <R> R read(Duration timeout, Function<LmdbSnapshot, R> reader) {
        try {
            return readers.read(timeout, reader);
        } catch (CacheCorruptedException e) {
            presence.suspect();
            throw e;
        }
    }

    /** Applies the change and waits until it is on disk. */
    <R> R write(Duration timeout, Deadline deadline, LmdbWriter.Change<R> change) {
        try {
            return writer.run(change, timeout, deadline);
        } catch (CacheCorruptedException e) {
            presence.suspect();
            throw e;
        }
    }

    LmdbLeaseFile leaseFile() {
        return leases;
    }

    /** This process's own seat. */
    LmdbPresence.Seat seat() {
        return presence.seat();
    }

    /** Whether the process that took the seat still lives. */
    boolean isTaken(LmdbPresence.Seat seat) {
        try {
            return presence.isTaken(seat);
        } catch (IOException e) {
            throw LmdbErrors.translate(e);
        }
    }

    /** Tells the names of leases that handles of this process release, until it is closed. */
    AutoCloseable watch(Consumer<LeaseName> hints) {
        watchers.add(hints);
        return () -> watchers.remove(hints);
    }

    void released(LeaseName name) {
        watchers.forEach(watcher -> watcher.accept(name));
    }

    EnvInfo info() {
        return store.env().info();
    }

    /** How many pages the rows may occupy. */
    long pageLimit() {
        return store.pageLimit();
    }

    /** The process that was last seen to write, other than this one; 0 if there is none. */
    long foreignWriter() {
        return presence.foreignWriter();
    }

    /** Ends the writer and with it everything; false if it hangs in another process's lock and will end later. */
    boolean close(Deadline deadline) {
        return writer.stop(deadline);
    }

    @Override
    public LmdbTransaction begin() {
        Txn<byte[]> transaction = store.env().txnWrite();
        presence.beginWrite();
        return new LmdbTransaction(store.rows(), transaction, store.pageLimit());
    }

    @Override
    public void ended() {
        presence.endWrite();
    }

    @Override
    public BlobPathCacheException translate(LmdbException e) {
        return LmdbErrors.isInputOutput(e) && directory.isNearlyFull()
                ? new CacheFullException("the disk of " + directory.path() + " is full; make room", e)
                : LmdbErrors.translate(e);
    }

    @Override
    public String lockHolder() {
        long pid = presence.foreignWriter();
        return pid == 0 ? "" : "; process " + pid + " was the last to hold the lock of the writers: is it stopped?";
    }

    @Override
    public void close() {
        try {
            if (!readers.close(Deadline.in(CLOSE_PATIENCE)) || !leases.close(Deadline.in(CLOSE_PATIENCE))) {
                LOG.warn("a read in {} does not end; its files stay open until this process ends", directory.path());
                return;
            }
            store.env().close();
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not be closed; its files stay open until this process ends: {}",
                    directory.path(),
                    e.toString());
            return;
        }
        try {
            presence.leave(directory.data(), Deadline.in(CLOSE_PATIENCE));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} was not closed in good order; the next open checks it: {}", directory.path(), e.toString());
        }
        afterClose.run();
    }

    private void start(OpenContext context, Deadline deadline) throws IOException {
        writer.start();
        if (stamp == null) {
            String id = context.storeId().orElseGet(() -> UUID.randomUUID().toString());
            LmdbStamp fresh = new LmdbStamp(LmdbStamp.SCHEMA, id);
            stamp = write(context.operationTimeout(), deadline, fresh::writeIfAbsent);
        }
        if (presence.alone()) {
            // Whoever held a lease here is dead.
            write(context.operationTimeout(), deadline, records -> leases.change(LmdbLeaseTable::clear));
        }
        presence.opened();
    }

    private static LmdbLeaseFile leases(LmdbDirectory directory, LmdbPresence presence, LmdbStore store)
            throws IOException {
        try {
            return LmdbLeaseFile.open(directory.path(), LmdbHost.current().boot(), presence.alone());
        } catch (IOException | RuntimeException e) {
            store.env().close();
            throw e;
        }
    }

    private static <E extends Exception> E abandoned(
            E cause, @Nullable LmdbEnvironment environment, @Nullable LmdbPresence presence, Runnable afterClose) {
        try {
            if (environment != null) {
                environment.close(Deadline.in(CLOSE_PATIENCE));
            } else {
                if (presence != null) {
                    presence.close();
                }
                afterClose.run();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
