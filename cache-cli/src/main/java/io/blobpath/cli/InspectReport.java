package io.blobpath.cli;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.file.FileState;
import io.blobpath.store.index.BlobInspection;
import io.blobpath.store.index.PathInspection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code inspect} prints.
 *
 * @param digest which blob
 * @param recorded whether the cache has it
 * @param paths the canonical one first
 */
record InspectReport(String digest, boolean recorded, List<PathEntry> paths) {
    /** Whether the file of a recorded path is there. */
    enum State {
        THERE,
        GONE,
        UNKNOWN,
        /** Nobody looked, for want of a root. */
        UNCHECKED
    }

    record PathEntry(String path, boolean canonical, State state, Optional<FileEntry> file) {}

    record FileEntry(long size, long inode, int links) {
        static FileEntry of(FileState state) {
            return new FileEntry(state.size(), state.key().inode(), state.links());
        }
    }

    static InspectReport of(BlobInspection seen) {
        List<PathInspection> paths = seen.paths();
        return new InspectReport(
                seen.digest().toString(),
                seen.isRecorded(),
                IntStream.range(0, paths.size())
                        .mapToObj(i -> entry(paths.get(i), i == 0))
                        .toList());
    }

    static InspectReport unchecked(Digest digest, List<BlobPath> paths) {
        return new InspectReport(
                digest.toString(),
                !paths.isEmpty(),
                IntStream.range(0, paths.size())
                        .mapToObj(
                                i -> new PathEntry(paths.get(i).toString(), i == 0, State.UNCHECKED, Optional.empty()))
                        .toList());
    }

    /** Whether everything is as the cache says. */
    boolean sound() {
        return recorded
                && paths.stream().noneMatch(path -> path.state() == State.GONE || path.state() == State.UNKNOWN);
    }

    private static PathEntry entry(PathInspection seen, boolean canonical) {
        State state = switch (seen.presence()) {
            case THERE -> State.THERE;
            case GONE -> State.GONE;
            case UNKNOWN -> State.UNKNOWN;
        };
        return new PathEntry(
                seen.path().toString(), canonical, state, seen.state().map(FileEntry::of));
    }
}
