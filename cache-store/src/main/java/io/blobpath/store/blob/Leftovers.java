package io.blobpath.store.blob;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Removes uploads and other temporary files to which nothing happened for the grace period. */
final class Leftovers {
    private final StoreRoot root;
    private final FileOperations files;
    private final FileTime limit;
    private final boolean apply;
    private final GcTally tally;
    private final ProblemLog problems;

    Leftovers(StoreRoot root, FileTime limit, boolean apply, GcTally tally, ProblemLog problems) {
        this.root = root;
        this.files = root.files();
        this.limit = limit;
        this.apply = apply;
        this.tally = tally;
        this.problems = problems;
    }

    void remove() {
        Path folder = Scratch.folder(root);
        try (DirectoryStream<Path> entries = files.list(folder)) {
            for (Path entry : entries) {
                remove(entry);
            }
        } catch (NoSuchFileException e) {
            // Nobody has uploaded anything yet.
        } catch (DirectoryIteratorException e) {
            problems.report(root.relative(folder), ProblemKind.UNREADABLE, String.valueOf(e.getCause()));
        } catch (IOException e) {
            problems.report(root.relative(folder), ProblemKind.UNREADABLE, e.toString());
        }
    }

    private void remove(Path entry) {
        try {
            FileState state = files.stat(entry);
            // A link to an old file is a leftover only if it is old itself; making one changes the second of these
            // times.
            if (state.isRegular()
                    && state.modified().compareTo(limit) < 0
                    && state.changed().compareTo(limit) < 0) {
                if (apply) {
                    files.delete(entry);
                }
                tally.leftover(state);
            }
        } catch (NoSuchFileException e) {
            // It has become a blob.
        } catch (IOException e) {
            problems.report(root.relative(entry), ProblemKind.FAILED, e.toString());
        }
    }
}
