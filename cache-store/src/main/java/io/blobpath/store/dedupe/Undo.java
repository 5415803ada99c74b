package io.blobpath.store.dedupe;

import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.StoreRootException;
import io.blobpath.store.StoreSpaceException;
import io.blobpath.store.file.FileState;
import io.blobpath.store.walk.BlobFile;
import io.blobpath.store.walk.BlobWalker;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One run of undo: measures the room that it takes, then copies. */
final class Undo {
    private final StoreRoot root;
    private final DedupeOptions options;
    private final StoreListener listener;

    Undo(StoreRoot root, DedupeOptions options, StoreListener listener) {
        this.root = root;
        this.options = options;
        this.listener = listener;
    }

    UndoReport run() {
        if (!options.apply()) {
            ProblemLog problems = new ProblemLog(listener);
            SharedSpace space = measure(problems);
            return report(space, usable(), space.copies(), problems);
        }
        try (Workspace workspace = Workspace.open(root)) {
            ProblemLog problems = new ProblemLog(listener);
            workspace.clean(root, problems);
            SharedSpace space = measure(new ProblemLog(StoreListener.NONE));
            long usable = usable();
            if (space.bytesNeeded() > usable) {
                throw new StoreSpaceException(
                        "cannot undo dedupe of '" + root.path() + "': the copies take " + space.bytesNeeded()
                                + " bytes but only " + usable + " are left; make room or undo a part of the tree",
                        space.bytesNeeded(),
                        usable);
            }
            TouchedFolders touched = new TouchedFolders(root, problems);
            OwnFile copier = new OwnFile(root, workspace, touched, problems);
            walk(StorePhase.UNDO, OptionalLong.of(space.blobs()), problems, page -> page.forEach(copier::give));
            touched.sync();
            return report(space, usable, copier.copied(), problems);
        }
    }

    private SharedSpace measure(ProblemLog problems) {
        SharedSpace space = new SharedSpace();
        walk(StorePhase.MEASURE, OptionalLong.empty(), problems, space::add);
        return space;
    }

    private void walk(
            StorePhase phase, OptionalLong expected, ProblemLog problems, Consumer<List<BlobFile<FileState>>> visitor) {
        listener.started(phase, expected);
        try (Workers workers = new Workers("undo", options.threads())) {
            new BlobWalker<>(root, workers, problems, root.files()::stat, page -> {
                        visitor.accept(page);
                        long bytes = page.stream()
                                .mapToLong(blob -> blob.state().size())
                                .sum();
                        listener.advanced(phase, page.size(), bytes);
                    })
                    .walk();
        }
        listener.finished(phase);
    }

    private long usable() {
        try {
            return root.files().usableSpace(root.path());
        } catch (IOException e) {
            throw new StoreRootException("cannot tell the free space of '" + root.path() + "': " + e, e);
        }
    }

    private UndoReport report(SharedSpace space, long usable, long copied, ProblemLog problems) {
        return new UndoReport(
                options.apply(), space.shared(), copied, space.bytesNeeded(), usable, problems.problems());
    }
}
