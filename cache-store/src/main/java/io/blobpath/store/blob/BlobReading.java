package io.blobpath.store.blob;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.Verdict;
import io.blobpath.store.walk.BlobFile;
import io.blobpath.store.walk.BlobWalker;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Reads the blobs of a store, or a part of them, until the time is over. A file with several names is read once. */
final class BlobReading {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final StoreRoot root;
    private final VerifyOptions options;
    private final VerifyTally tally;
    private final ProblemLog problems;
    private final StoreListener listener;
    private final LongSupplier elapsed;
    private final int salt = ThreadLocalRandom.current().nextInt();

    BlobReading(
            StoreRoot root,
            VerifyOptions options,
            VerifyTally tally,
            ProblemLog problems,
            StoreListener listener,
            LongSupplier elapsed) {
        this.root = root;
        this.options = options;
        this.tally = tally;
        this.problems = problems;
        this.listener = listener;
        this.elapsed = elapsed;
    }

    void read(Workers workers) {
        new BlobWalker<>(root, workers, problems, root.files()::stat, this::page).walk();
    }

    private void page(List<BlobFile<FileState>> page) {
        for (BlobFile<FileState> blob : page) {
            if (tally.found(blob) && isChosen(blob)) {
                if (isOver()) {
                    tally.late();
                } else {
                    read(blob);
                }
            }
        }
    }

    /** The same for all paths of a digest, and another part in each run. */
    private boolean isChosen(BlobFile<FileState> blob) {
        long hash = (blob.digest().hashCode() ^ salt) * SPREAD;
        return (hash >>> 11) * 0x1.0p-53 < options.sample();
    }

    private boolean isOver() {
        return options.maxTime()
                .filter(most -> elapsed.getAsLong() >= most.toNanos())
                .isPresent();
    }

    private void read(BlobFile<FileState> blob) {
        String path = blob.path().toString();
        try {
            Verdict verdict = BlobHashes.verify(root.files(), blob.digest(), blob.file(), blob.state());
            switch (verdict) {
                case MATCHES -> {}
                case DIFFERS -> problems.report(path, ProblemKind.CORRUPT, damage(blob));
                case CHANGED ->
                    problems.report(path, ProblemKind.CHANGED, "it changed while it was read; verify it again");
                case NOT_VERIFIABLE ->
                    problems.report(path, ProblemKind.NOT_VERIFIABLE, "nothing here computes its algorithm");
            }
            tally.read(blob.state().size());
            listener.advanced(StorePhase.READ, 1, blob.state().size());
        } catch (NoSuchFileException e) {
            // Collected since it was found.
        } catch (IOException e) {
            problems.report(path, ProblemKind.UNREADABLE, e + "; look at the disk and at the permissions");
        }
    }

    private static String damage(BlobFile<FileState> blob) {
        int others = blob.state().links() - 1;
        return "its bytes do not match its name"
                + (others == 0 ? "" : ", nor do those of its " + others + " other links") + "; push it again";
    }
}
