package io.blobpath.store.stream;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The folder of a cache. A complete entry is {@code v1/<2 digits>/<64 digits>}, the SHA-256 of its key; one being written is
 * {@code v1/tmp/<who>.<number>}; {@code v1/live} tells who lives. Another format gets another {@code v}.
 */
final class StreamFolder {
    private static final Pattern FAN_OUT = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int OWNER_ALL = 0700;

    private final FileOperations files;
    private final Path root;
    private final Path temporary;
    private final StreamPresence presence;
    private final long boot = StreamPresence.boot();
    private final boolean sync;
    private final AtomicLong numbers = new AtomicLong();

    /**
     * A complete entry, as its folder tells.
     *
     * @param name the file's name
     * @param size its size
     * @param used when it was used last
     */
    record Shelved(String name, long size, FileTime used) {}

    /**
     * A complete entry, as its trailer tells.
     *
     * @param file where it is
     * @param length how many bytes the stream has
     * @param channel the file that was checked, whatever has its name now; the caller's
     */
    record Found(Entry.EntryFile file, long length, SeekableByteChannel channel) {}

    StreamFolder(Path folder, FileOperations files, boolean sync) throws IOException {
        this.files = files;
        this.sync = sync;
        this.root = folder.resolve("v1");
        this.temporary = root.resolve("tmp");
        files.createFolder(root);
        files.createFolder(temporary);
        this.presence = StreamPresence.enter(files, root);
    }

    /** A name for a file to be written, which nobody ever had. */
    Path temporary() {
        return temporary.resolve(presence.id() + "." + numbers.incrementAndGet());
    }

    Path shelved(String name) {
        return fanOut(name).resolve(name);
    }

    /** Creates a file, and its folder if somebody has wiped it. */
    WritableByteChannel create(Path file) throws IOException {
        try {
            return files.create(file);
        } catch (NoSuchFileException e) {
            files.createFolder(root);
            files.createFolder(temporary);
            return files.create(file);
        }
    }

    SeekableByteChannel read(Path file) throws IOException {
        return files.read(file);
    }

    Trailer trailer(StreamKey key, long length, long expires) {
        return new Trailer(key, length, expires, sync ? 0 : boot);
    }

    /** Gives a written file its final name, over an older one. */
    Path publish(Path written, String name) throws IOException {
        Path target = shelved(name);
        if (sync) {
            files.sync(written);
        }
        try {
            files.rename(written, target);
        } catch (NoSuchFileException e) {
            files.createFolder(fanOut(name));
            files.rename(written, target);
        }
        if (sync) {
            files.sync(fanOut(name));
        }
        return target;
    }

    /** The complete entry for this key, checked and open; a file that is none is removed. */
    Optional<Found> find(StreamKey key, long wallMillis) throws IOException {
        Path file = shelved(key.name());
        SeekableByteChannel channel;
        try {
            channel = read(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean sound = false;
        try {
            Optional<Trailer> trailer = Trailer.read(channel, key).filter(read -> isUsable(read, key, wallMillis));
            sound = trailer.isPresent() && matches(channel, key, trailer.get().length());
            if (sound) {
                Trailer read = trailer.get();
                Entry.EntryFile at = new Entry.EntryFile(file, read.fileSize(), read.expires());
                return Optional.of(new Found(at, read.length(), channel));
            }
        } finally {
            if (!sound) {
                channel.close();
            }
        }
        files.delete(file);
        return Optional.empty();
    }

    /** Whether there is a complete entry for this key. Its bytes are not checked. */
    boolean isStored(StreamKey key, long wallMillis) throws IOException {
        try (SeekableByteChannel channel = read(shelved(key.name()))) {
            return Trailer.read(channel, key)
                    .filter(read -> isUsable(read, key, wallMillis))
                    .isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Says that the entry is in use. */
    void touch(Path file, long wallMillis) throws IOException {
        files.setModified(file, FileTime.fromMillis(wallMillis));
    }

    FileState stat(Path file) throws IOException {
        return files.stat(file);
    }

    void delete(Path file) throws IOException {
        files.delete(file);
    }

    /** All complete entries. Folders of it that cannot be entered are mended. */
    List<Shelved> list() throws IOException {
        List<Shelved> all = new ArrayList<>();
        for (Path folder : names(root)) {
            if (FAN_OUT.matcher(name(folder)).matches()) {
                mend(folder);
                for (Path file : names(folder)) {
                    if (NAME.matcher(name(file)).matches()) {
                        addTo(all, file);
                    }
                }
            }
        }
        return all;
    }

    /** Removes what processes that died were writing, and what could not be removed before; {@code spared} is being written. */
    void clean(Predicate<Path> spared) throws IOException {
        presence.refresh();
        for (Path file : names(temporary)) {
            String name = name(file);
            int cut = name.lastIndexOf('.');
            if (cut > 0 && !spared.test(file) && !presence.isForeignAndAlive(name.substring(0, cut))) {
                files.delete(file);
            }
        }
        presence.forgetDead();
    }

    void close() throws IOException {
        presence.close();
    }

    private Path fanOut(String name) {
        return root.resolve(name.substring(0, 2));
    }

    private boolean isUsable(Trailer trailer, StreamKey key, long wallMillis) {
        boolean onDisk = trailer.boot() == 0 || trailer.boot() == boot;
        boolean verifiable = key.digest()
                .map(Digest::algorithm)
                .filter(BlobHashes::canVerify)
                .isPresent();
        return (onDisk || verifiable) && wallMillis < trailer.expires();
    }

    private boolean matches(SeekableByteChannel channel, StreamKey key, long length) throws IOException {
        Optional<Digest> digest = key.digest();
        return digest.isEmpty() || BlobHashes.matches(digest.get(), channel, length);
    }

    private void addTo(List<Shelved> all, Path file) throws IOException {
        try {
            FileState state = files.stat(file);
            if (state.isRegular()) {
                all.add(new Shelved(name(file), state.size(), state.modified()));
            }
        } catch (NoSuchFileException e) {
            // Another process evicted it just now.
        }
    }

    private void mend(Path folder) throws IOException {
        FileState state = files.stat(folder);
        if (state.isFolder() && (state.permissions() & OWNER_ALL) != OWNER_ALL) {
            files.setAttributes(folder, files.stat(root));
        }
    }

    private List<Path> names(Path folder) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = files.list(folder)) {
            stream.forEach(names::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
