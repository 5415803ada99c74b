package io.blobpath.store.blob;

import io.blobpath.cache.lease.Lease;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.LeaseTimeoutException;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreInterruptedException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change the index of a repository and to remove its blobs, until another session begins.
 *
 * <p>Every such change goes through the session's door, a symbolic link of its own to the repository's folder. A session that
 * begins removes the doors of all others before it reads anything; so a process that was stopped for longer than its lease can
 * change nothing any more. {@code docs/design.md} has the argument, and a model of it is among the tests. Safety rests on the
 * doors alone; the lease lets sessions wait for each other instead of throwing each other out.
 */
final class RepositorySession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepositorySession.class);

    private final FileOperations files;
    private final Lease lease;
    private final Path door;

    /** Another session has begun; nothing was changed. */
    static final class LostException extends IOException {
        private static final long serialVersionUID = 1L;

        LostException(RepositoryName name) {
            super("another session of repository '" + name + "' has begun");
        }
    }

    /** A change of a file at this path. */
    interface Change {
        void make(Path through) throws IOException;
    }

    private RepositorySession(FileOperations files, Lease lease, Path door) {
        this.files = files;
        this.lease = lease;
        this.door = door;
    }

    /**
     * Begins a session.
     *
     * @throws LostException if the lease was lost meanwhile
     * @throws StoreBusyException if others have the repository for longer than the patience
     */
    static RepositorySession begin(StoreRoot root, RepositoryName name, Leases leases, BlobStoreOptions options)
            throws IOException {
        Lease lease = acquire(name, leases, options);
        RepositorySession session = null;
        boolean begun = false;
        try {
            Path doors = doors(root, name);
            session =
                    new RepositorySession(root.files(), lease, doors.resolve(lease.fence() + "-" + UUID.randomUUID()));
            session.open(root, name);
            session.confirm(name, leases);
            session.throwOutOthers(doors);
            begun = true;
            return session;
        } finally {
            if (!begun) {
                if (session == null) {
                    lease.close();
                } else {
                    session.close();
                }
            }
        }
    }

    /**
     * Makes a change of this file of the repository, if no other session has begun.
     *
     * @throws LostException if one has; nothing was changed
     */
    void change(RepositoryFolder folder, Path file, Change change) throws IOException {
        try {
            change.make(door.resolve(folder.path().relativize(file)));
        } catch (NoSuchFileException e) {
            requireOpen(folder.name());
            throw e;
        }
    }

    /**
     * Tells that no other session had begun when asked.
     *
     * @throws LostException if one had
     */
    void requireOpen(RepositoryName name) throws LostException {
        if (files.isGone(door)) {
            throw new LostException(name);
        }
    }

    @Override
    public void close() {
        try {
            files.delete(door);
        } catch (IOException e) {
            LOG.warn("door '{}' was not removed; the next session does it: {}", door, e.toString());
        } finally {
            lease.close();
        }
    }

    private static Lease acquire(RepositoryName name, Leases leases, BlobStoreOptions options) {
        try {
            return leases.acquire(name.lease(), options.lease());
        } catch (LeaseTimeoutException e) {
            throw new StoreBusyException("cannot change repository '" + name + "': " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(e);
        }
    }

    private static Path doors(StoreRoot root, RepositoryName name) throws IOException {
        Path all = root.ownFolder().resolve("doors");
        Path doors = all.resolve(name.key());
        root.files().createFolder(root.ownFolder());
        root.files().createFolder(all);
        root.files().createFolder(doors);
        return doors;
    }

    private void open(StoreRoot root, RepositoryName name) throws IOException {
        Path folder = root.path().resolve(name.value());
        files.symbolicLink(door, relative(folder));
    }

    /** Relative, so that nodes may have the root at different places. */
    private Path relative(Path folder) {
        Path from = door.getParent();
        return from == null ? folder : from.relativize(folder);
    }

    /** For progress only: a session that is late would throw out the one that has the lease now. */
    private void confirm(RepositoryName name, Leases leases) throws LostException {
        Optional<LeaseState> holder = leases.peek(name.lease());
        if (holder.isEmpty() || holder.get().fence() != lease.fence()) {
            throw new LostException(name);
        }
    }

    private void throwOutOthers(Path doors) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> there = files.list(doors)) {
            there.forEach(others::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        others.remove(door);
        for (Path other : others) {
            files.delete(other);
        }
    }
}
