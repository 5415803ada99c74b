package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.TooManyLinksException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Removes blobs of one repository. Each is renamed aside through the door of a session, and looked at there: somebody may have
 * made it young since it was chosen, without a session. {@code docs/design.md} has the argument.
 *
 * <p>Nothing here is synced: what a crash of the machine brings back is garbage, and the next collection finds it.
 */
final class Sweep {
    /** How often a collector that meets more new manifests than it can follow in a slice lets the publishers go first. */
    private static final int YIELDS = 10;

    private final GcRun run;
    private final FileOperations files;
    private final RepositoryFolder folder;
    private final Marking marking;
    private final BlobFiles blobs;
    private final Aside asides;
    private int yields;

    Sweep(GcRun run, RepositoryFolder folder, Marking marking) {
        this.run = run;
        this.files = run.root().files();
        this.folder = folder;
        this.marking = marking;
        this.blobs = run.blobs();
        this.asides = new Aside(run.root(), folder.name());
    }

    /** Removes those that are still old, and that still nothing refers to. */
    void sweep(List<Candidate> candidates) throws IOException {
        Deque<Candidate> left = new ArrayDeque<>(candidates);
        while (!left.isEmpty()) {
            run.pace().await(run.tally().removed());
            if (!run.updates().run(Slice.SWEEP, new Slice.Work(this, left), folder)) {
                marking.mark();
            }
        }
    }

    /** Finishes what collectors that died have left aside. */
    void leftovers() throws IOException {
        for (Aside.Blob each : asides.all()) {
            Optional<FileState> state = stat(each.file());
            if (state.isPresent() && run.apply()) {
                weigh(each.digest(), each.file());
            } else if (state.isPresent() && goes(each.digest(), state.get())) {
                run.tally().removed(state.get());
            }
        }
    }

    /** Takes as many as fit into the time, at least one; whether the marking could be brought up to date first. */
    boolean slice(RepositorySession session, ImageIndex index, Deque<Candidate> left) throws IOException {
        long end = run.pace().endOfSlice();
        if (!marking.refresh(index, () -> yields < YIELDS && run.pace().isOver(end))) {
            yields++;
            return false;
        }
        do {
            // Only then it is done: if the session is lost, the next one begins with the same.
            take(session, left.getFirst().digest());
            left.removeFirst();
        } while (!left.isEmpty() && !run.pace().isOver(end));
        return true;
    }

    private void take(RepositorySession session, Digest digest) throws IOException {
        if (marking.reaches(digest)) {
            run.tally().kept(KeepReason.REFERENCED_MEANWHILE);
            return;
        }
        Path blob = folder.blob(digest);
        Optional<FileState> state = stat(blob);
        if (state.isPresent() && !isOld(state.get())) {
            run.tally().kept(KeepReason.YOUNG_MEANWHILE);
        } else if (state.isPresent()) {
            // The record goes first: one that is left over would promise a file that is not there.
            run.cache().remove(digest, folder.name().blob(digest));
            Path aside = asides.newName(digest);
            if (isPutAside(session, blob, aside)) {
                weigh(digest, aside);
            }
        }
    }

    private boolean isPutAside(RepositorySession session, Path blob, Path aside) throws IOException {
        try {
            session.change(folder, blob, through -> files.rename(through, aside));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes what is aside, or gives it its name back. Another collector may do the same at the same time. */
    private void weigh(Digest digest, Path aside) throws IOException {
        Optional<FileState> state = stat(aside);
        if (state.isEmpty()) {
            return;
        }
        if (goes(digest, state.get())) {
            run.tally().removed(state.get());
        } else {
            giveBack(digest, aside);
            run.tally().kept(KeepReason.YOUNG_MEANWHILE);
        }
        files.delete(aside);
    }

    /** If somebody uploaded it again meanwhile, that file has to be as young as this one. */
    private void giveBack(Digest digest, Path aside) throws IOException {
        Path blob = folder.blob(digest);
        boolean back = false;
        while (!back) {
            try {
                files.link(blob, aside);
                back = true;
            } catch (FileAlreadyExistsException e) {
                back = blobs.claim(folder, digest).isPresent();
            } catch (TooManyLinksException e) {
                files.rename(aside, blob);
                back = true;
            } catch (NoSuchFileException e) {
                // Another collector was faster.
                back = true;
            }
        }
        blobs.claim(folder, digest);
    }

    private boolean goes(Digest digest, FileState state) {
        return isOld(state) && !marking.reaches(digest);
    }

    private boolean isOld(FileState state) {
        return state.modified().compareTo(run.limit()) < 0;
    }

    private Optional<FileState> stat(Path file) throws IOException {
        try {
            return Optional.of(files.stat(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
