package io.blobpath.store.doctor;

import io.blobpath.store.file.FileState;
import io.blobpath.store.walk.BlobFile;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What blobs have in common, and which of them stand out. Any thread may add. */
final class BlobFacts {
    private final Map<String, String> owners = new TreeMap<>();
    private final Map<String, String> modes = new TreeMap<>();
    private long count;
    private int mostLinks;
    private String mostLinked = "";
    private Instant youngest = Instant.EPOCH;
    private String youngestPath = "";
    private String special = "";

    synchronized void add(BlobFile<FileState> blob) {
        FileState state = blob.state();
        String path = blob.path().toString();
        count++;
        owners.putIfAbsent(state.user() + ":" + state.group(), path);
        modes.putIfAbsent(state.octalPermissions(), path);
        if (state.links() > mostLinks) {
            mostLinks = state.links();
            mostLinked = path;
        }
        Instant touched = later(state.modified().toInstant(), state.changed().toInstant());
        if (touched.isAfter(youngest)) {
            youngest = touched;
            youngestPath = path;
        }
        if (state.isSpecial()) {
            special = path;
        }
    }

    synchronized long count() {
        return count;
    }

    /** The owners with their groups, by number, each with a path that has it. */
    synchronized Map<String, String> owners() {
        return Map.copyOf(owners);
    }

    /** The permissions, each with a path that has them. */
    synchronized Map<String, String> modes() {
        return Map.copyOf(modes);
    }

    synchronized int mostLinks() {
        return mostLinks;
    }

    synchronized String mostLinked() {
        return mostLinked;
    }

    /** When the last of them was changed. */
    synchronized Instant youngest() {
        return youngest;
    }

    synchronized String youngestPath() {
        return youngestPath;
    }

    /** A blob with the set-user, set-group or sticky bit; empty if there is none. */
    synchronized String special() {
        return special;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
