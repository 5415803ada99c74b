package io.blobpath.store.stream;

import io.blobpath.store.file.FileOperations;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who has the folder open: each cache holds a lock on a file of its own for life, which the kernel frees with the process.
 *
 * <p>A process loses its POSIX lock with <em>any</em> of its handles on the file. So nobody opens a file of his own process a
 * second time: the name begins with a number that the process chose once, kept where every class loader finds it.
 */
final class StreamPresence {
    private static final String PROCESS = "io.blobpath.store.stream.process";

    private final FileOperations files;
    private final Path root;
    private final Path folder;
    private final String process = (String) System.getProperties().computeIfAbsent(PROCESS, key -> random());
    private volatile String id = "";
    private Closeable lock = () -> {};
    private boolean closed;

    private StreamPresence(FileOperations files, Path root) {
        this.files = files;
        this.root = root;
        this.folder = root.resolve("live");
    }

    static StreamPresence enter(FileOperations files, Path root) throws IOException {
        StreamPresence presence = new StreamPresence(files, root);
        files.createFolder(presence.folder);
        presence.take();
        return presence;
    }

    /** The boot of this system, which is never 0. */
    static long boot() {
        try {
            UUID id = UUID.fromString(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
            return id.getMostSignificantBits() | 1;
        } catch (IOException | IllegalArgumentException e) {
            // Unknown: then no other boot is this one.
            return new SecureRandom().nextLong() | 1;
        }
    }

    /** What the names of this cache's files begin with. */
    String id() {
        return id;
    }

    /** Takes a new id if somebody has removed the file of this one. */
    synchronized void refresh() throws IOException {
        // A sweep may still be under way when the cache is closed.
        if (!closed && files.isGone(folder.resolve(id))) {
            files.createFolder(root);
            files.createFolder(folder);
            Closeable old = lock;
            take();
            old.close();
        }
    }

    /** Whether the id belongs to another cache that lives, in this process or another. */
    boolean isForeignAndAlive(String other) throws IOException {
        if (other.equals(id)) {
            return false;
        }
        Path file = folder.resolve(other);
        if (files.isGone(file)) {
            return false;
        }
        if (isOfThisProcess(other)) {
            return true;
        }
        Optional<Closeable> taken = files.tryLock(file);
        if (taken.isPresent()) {
            taken.get().close();
        }
        return taken.isEmpty();
    }

    /** Removes the files of processes that died. */
    void forgetDead() throws IOException {
        for (Path file : names()) {
            if (!isOfThisProcess(String.valueOf(file.getFileName()))) {
                Optional<Closeable> taken = files.tryLock(file);
                if (taken.isPresent()) {
                    try (Closeable held = taken.get()) {
                        files.delete(file);
                    }
                }
            }
        }
    }

    synchronized void close() throws IOException {
        closed = true;
        try (Closeable held = lock) {
            files.delete(folder.resolve(id));
        }
    }

    private void take() throws IOException {
        while (true) {
            String candidate = process + "-" + random();
            Path file = folder.resolve(candidate);
            Optional<Closeable> taken = files.tryLock(file);
            if (taken.isPresent()) {
                // Between creating and locking it may have looked dead to another process, and been removed.
                if (!files.isGone(file)) {
                    id = candidate;
                    lock = taken.get();
                    return;
                }
                taken.get().close();
            }
        }
    }

    private boolean isOfThisProcess(String name) {
        return name.startsWith(process + "-");
    }

    private List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = files.list(folder)) {
            stream.forEach(names::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    private static String random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
