package io.blobpath.store.dedupe;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Folders in which names were replaced, to be synced once each. A rename is safe without, since both the old file and the new
 * one are on disk and hold the same bytes; the sync makes the report true after a power cut.
 */
final class TouchedFolders {
    private static final int MOST = 4096;

    private final StoreRoot root;
    private final ProblemLog problems;
    private final Set<Path> folders = new HashSet<>();

    TouchedFolders(StoreRoot root, ProblemLog problems) {
        this.root = root;
        this.problems = problems;
    }

    synchronized void add(Path folder) {
        if (folders.add(folder) && folders.size() >= MOST) {
            sync();
        }
    }

    synchronized void sync() {
        for (Path folder : folders) {
            try {
                root.files().sync(folder);
            } catch (IOException e) {
                problems.report(
                        root.relative(folder), ProblemKind.FAILED, "its new names may be lost in a power cut: " + e);
            }
        }
        folders.clear();
    }
}
