package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Collects one repository: follows its manifests, looks for blobs that none of them reaches and that are old, and sweeps these
 * in batches, so that memory is bounded by the repository's references and not by its garbage.
 */
final class RepositoryCollection {
    private static final int BATCH = 1000;

    private final GcRun run;
    private final FileOperations files;
    private final RepositoryFolder folder;
    private final LongConsumer progress;
    private final Sweep sweep;
    private final List<Candidate> batch = new ArrayList<>();
    private final Marking marking;
    private long seen;

    /** @param progress is told how many blobs were looked at */
    RepositoryCollection(GcRun run, RepositoryName name, LongConsumer progress) {
        this.run = run;
        this.files = run.root().files();
        this.folder = new RepositoryFolder(run.root(), name);
        this.progress = progress;
        this.marking = new Marking(files, folder, run.apply() ? Optional.empty() : Optional.of(run.untagged()));
        this.sweep = new Sweep(run, folder, marking);
    }

    /**
     * Collects.
     *
     * @throws InvalidContentException if the manifests cannot be followed
     * @throws io.blobpath.store.StoreBusyException if others have the repository for too long
     */
    void collect() throws IOException {
        if (!folder.exists()) {
            return;
        }
        dropUntagged();
        marking.mark();
        run.tally().repository();
        list(folder.path().resolve(StoreLayout.BLOBS), this::algorithm);
        sweep();
        sweep.leftovers();
    }

    private void dropUntagged() throws IOException {
        Instant before = run.untagged();
        int count = ImageIndex.read(files, folder.index()).dropUntagged(before);
        if (count > 0 && run.apply()) {
            count = run.updates().run(UntaggedRemoval.REMOVE, new UntaggedRemoval.Before(before), folder);
        }
        run.tally().untagged(count);
    }

    private void algorithm(Path entry) throws IOException {
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.byId(name(entry));
        if (algorithm.isEmpty()) {
            problem(entry, ProblemKind.NOT_A_BLOB, "no registered digest algorithm");
        } else {
            list(entry, blob -> blob(algorithm.get(), blob));
        }
    }

    private boolean isFolder(Path entry, FileState state) {
        if (!state.isFolder()) {
            problem(
                    entry,
                    state.isSymbolicLink() ? ProblemKind.SYMBOLIC_LINK : ProblemKind.NOT_REGULAR,
                    "no folder of blobs; left alone");
        }
        return state.isFolder();
    }

    private void blob(DigestAlgorithm algorithm, Path entry) throws IOException {
        Optional<Digest> digest = StoreLayout.digest(algorithm, name(entry));
        if (digest.isEmpty()) {
            problem(entry, ProblemKind.NOT_A_BLOB, "the name is no digest; left alone");
            return;
        }
        progress.accept(++seen);
        if (marking.reaches(digest.get())) {
            run.tally().kept(KeepReason.REFERENCED);
            return;
        }
        Optional<FileState> state = stat(entry);
        if (state.isEmpty()) {
            return;
        }
        if (!state.get().isRegular()) {
            problem(
                    entry,
                    state.get().isSymbolicLink() ? ProblemKind.SYMBOLIC_LINK : ProblemKind.NOT_REGULAR,
                    "it is not a plain file; left alone");
        } else if (state.get().modified().compareTo(run.limit()) >= 0) {
            run.tally().kept(KeepReason.YOUNG);
        } else {
            candidate(digest.get(), state.get());
        }
    }

    private void candidate(Digest digest, FileState state) throws IOException {
        run.tally().candidate(state.size());
        if (!run.apply()) {
            run.tally().removed(state);
            return;
        }
        batch.add(new Candidate(digest, state.size()));
        if (batch.size() == BATCH) {
            sweep();
        }
    }

    private void sweep() throws IOException {
        sweep.sweep(batch);
        batch.clear();
    }

    private Optional<FileState> stat(Path entry) throws IOException {
        try {
            return Optional.of(files.stat(entry));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void list(Path at, Visitor visitor) throws IOException {
        if (stat(at).filter(state -> isFolder(at, state)).isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> entries = files.list(at)) {
            for (Path entry : entries) {
                visitor.visit(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void problem(Path entry, ProblemKind kind, String detail) {
        run.problems().report(run.root().relative(entry), kind, detail);
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private interface Visitor {
        void visit(Path entry) throws IOException;
    }
}
