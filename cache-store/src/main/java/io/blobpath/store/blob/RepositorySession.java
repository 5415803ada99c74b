package io.blobpath.store.blob;

import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.task.TakenOverException;
import io.blobpath.store.task.Transaction;
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
final class RepositorySession {
    private static final Logger LOG = LoggerFactory.getLogger(RepositorySession.class);

    private final FileOperations files;
    private final Path door;

    /** A change of a file at this path. */
    interface Change {
        void make(Path through) throws IOException;
    }

    private RepositorySession(FileOperations files, Path door) {
        this.files = files;
        this.door = door;
    }

    /**
     * Begins a session, which ends with the transaction that holds the repository's lease.
     *
     * @throws TakenOverException if the lease was lost meanwhile
     */
    static RepositorySession begin(StoreRoot root, RepositoryName name, Leases leases, Transaction transaction)
            throws IOException {
        Path doors = doors(root, name);
        long fence = transaction.fence(name.resource());
        RepositorySession session = new RepositorySession(root.files(), doors.resolve(fence + "-" + UUID.randomUUID()));
        transaction.atEnd(session::end);
        session.open(root, name);
        confirm(name, leases, fence);
        session.throwOutOthers(doors);
        return session;
    }

    /**
     * Makes a change of this file of the repository, if no other session has begun.
     *
     * @throws TakenOverException if one has; nothing was changed
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
     * @throws TakenOverException if one had
     */
    void requireOpen(RepositoryName name) throws TakenOverException {
        if (files.isGone(door)) {
            throw takenOver(name);
        }
    }

    static TakenOverException takenOver(RepositoryName name) {
        return new TakenOverException("another session of repository '" + name + "' has begun");
    }

    private void end() {
        try {
            files.delete(door);
        } catch (IOException e) {
            LOG.warn("door '{}' was not removed; the next session does it: {}", door, e.toString());
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
    private static void confirm(RepositoryName name, Leases leases, long fence) throws TakenOverException {
        Optional<LeaseState> holder = leases.peek(name.resource().lease());
        if (holder.isEmpty() || holder.get().fence() != fence) {
            throw takenOver(name);
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
