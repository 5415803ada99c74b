package io.blobpath.lmdb;

import io.blobpath.cache.CacheInUseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code blobpath.lock}: which processes have the environment open, and what they tell each other.
 *
 * <p>Each process that has it open holds a shared lock for life, so that one that gets it exclusively is alone and may check
 * or replace the data file. A second lock, the gate, is held while opening and closing. The kernel drops both with the
 * process. They are POSIX locks, which a process loses with <em>any</em> of its handles on the file: it is opened only here,
 * once.
 */
final class LmdbPresence implements AutoCloseable {
    private static final int SIZE = 4096;
    static final int GATE = SIZE;
    private static final int SHARED = SIZE + 1;
    private static final long POLL_NANOS = 2_000_000;

    private static final int SEATS = 256;
    private static final int FIRST_SEAT = SIZE + 2;
    private static final int NONCES = 1024;

    private static final int HOST_BYTES = 512;
    private static final int WRITER = 512;
    private static final int CLEAN = 520;
    private static final int CLEAN_SIZE = 528;
    private static final int CLEAN_TIME = 536;
    private static final int SUSPECT = 544;

    private final FileChannel channel;
    private final MappedByteBuffer page;
    private final boolean existed;
    private @Nullable FileLock gate;
    private @Nullable FileLock shared;
    private boolean alone;
    private Seat seat = new Seat(-1, 0);

    /**
     * The place of a process in this file: a lock that it holds for life, and a number that it alone has. So others know at once
     * that it died, whatever became of its process id.
     *
     * @param number which lock; negative if there was none left
     * @param nonce tells this process from one that had the seat before
     */
    record Seat(int number, long nonce) {}

    /** Behind the gate: whoever else makes the file's page or writes into it waits until this has. */
    private LmdbPresence(FileChannel channel, FileLock gate) throws IOException {
        this.channel = channel;
        this.gate = gate;
        this.existed = channel.size() >= SIZE;
        if (!existed) {
            // Real blocks, because a store to a mapped hole on a full disk would be a SIGBUS.
            channel.write(ByteBuffer.allocate(SIZE), 0);
        }
        this.page = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
    }

    /** Enters, and keeps the gate until {@link #opened}. */
    static LmdbPresence enter(Path file, LmdbHost host, Deadline deadline) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            LmdbPresence presence = new LmdbPresence(channel, passGate(channel, file, deadline));
            presence.join(file, host);
            presence.takeSeat();
            return presence;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether no other process had the environment open when the gate was passed. */
    boolean alone() {
        return alone;
    }

    /** Whether a process was here before, so that the files are ours. */
    boolean existed() {
        return existed;
    }

    /** Whether the last process left in good order, and nobody changed the data file since. */
    boolean leftClean(Path data) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(data, BasicFileAttributes.class);
        return page.getLong(CLEAN) == 1
                && page.getLong(SUSPECT) == 0
                && page.getLong(CLEAN_SIZE) == attributes.size()
                && page.getLong(CLEAN_TIME) == attributes.lastModifiedTime().toMillis();
    }

    /** The data file was found good, or replaced by an empty one. */
    void trusted() {
        page.putLong(SUSPECT, 0);
    }

    /** Damage was seen; the next process that is alone shall check the data file. */
    void suspect() {
        page.putLong(SUSPECT, 1);
    }

    /** The environment is open: others may enter. */
    void opened() throws IOException {
        page.putLong(CLEAN, 0);
        release(gate);
        gate = null;
    }

    void beginWrite() {
        page.putLong(WRITER, ProcessHandle.current().pid());
    }

    void endWrite() {
        page.putLong(WRITER, 0);
    }

    /** The process that was last seen to write, other than this one; 0 if there is none. */
    long foreignWriter() {
        long pid = page.getLong(WRITER);
        return pid == ProcessHandle.current().pid()
                        || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
                ? 0
                : pid;
    }

    Seat seat() {
        return seat;
    }

    /** Whether the process that took the seat still lives, as far as one can tell. */
    synchronized boolean isTaken(Seat other) throws IOException {
        if (other.equals(seat) || other.number() < 0) {
            return true;
        }
        if (page.getLong(NONCES + other.number() * Long.BYTES) != other.nonce()) {
            return false;
        }
        FileLock empty = channel.tryLock(FIRST_SEAT + other.number(), 1, false);
        release(empty);
        return empty == null;
    }

    /**
     * Leaves, after the environment was closed; the last process notes that all is in order. One that could not open it, and so
     * is still behind the gate, leaves without a word.
     */
    void leave(Path data, Deadline deadline) throws IOException {
        try {
            if (gate != null) {
                return;
            }
            gate = passGate(channel, data, deadline);
            release(shared);
            shared = null;
            if (channel.tryLock(SHARED, 1, false) != null) {
                BasicFileAttributes attributes = Files.readAttributes(data, BasicFileAttributes.class);
                page.putLong(CLEAN_SIZE, attributes.size());
                page.putLong(CLEAN_TIME, attributes.lastModifiedTime().toMillis());
                page.putLong(CLEAN, 1);
            }
        } finally {
            close();
        }
    }

    /** Leaves without a word, so that the next process checks the data file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileLock passGate(FileChannel channel, Path file, Deadline deadline) throws IOException {
        while (true) {
            FileLock gate = channel.tryLock(GATE, 1, false);
            if (gate != null) {
                return gate;
            }
            if (deadline.left() <= 0) {
                throw new CacheInUseException("another process has been opening or closing " + file.getParent()
                        + " all the time; look for one that is stopped, and try again");
            }
            LockSupport.parkNanos(channel, POLL_NANOS);
        }
    }

    private void join(Path file, LmdbHost host) throws IOException {
        FileLock exclusive = channel.tryLock(SHARED, 1, false);
        alone = exclusive != null;
        if (exclusive != null) {
            exclusive.release();
            byte[] text = new byte[HOST_BYTES];
            byte[] bytes = host.text().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, text, 0, Math.min(bytes.length, text.length));
            page.put(0, text);
            page.putLong(WRITER, 0);
        } else {
            byte[] text = new byte[HOST_BYTES];
            page.get(0, text);
            LmdbHost others = LmdbHost.parse(new String(text, StandardCharsets.UTF_8).replace("\0", ""));
            if (!others.equals(host)) {
                throw new CacheInUseException(file.getParent() + " is open in another PID namespace (" + others
                        + "; here: " + host + "), where LMDB cannot tell its readers from ours; use one container, or"
                        + " run them with one PID namespace");
            }
        }
        shared = channel.tryLock(SHARED, 1, true);
        if (shared == null) {
            throw new CacheInUseException("another process holds " + file + " for itself alone; try again");
        }
    }

    /** Under the gate, so that no other process takes the same one; its lock is given back with the channel. */
    private void takeSeat() throws IOException {
        for (int number = 0; number < SEATS; number++) {
            if (channel.tryLock(FIRST_SEAT + number, 1, false) != null) {
                seat = new Seat(number, new SecureRandom().nextLong());
                page.putLong(NONCES + number * Long.BYTES, seat.nonce());
                return;
            }
        }
    }

    private static void release(@Nullable FileLock lock) throws IOException {
        if (lock != null) {
            lock.release();
        }
    }
}
