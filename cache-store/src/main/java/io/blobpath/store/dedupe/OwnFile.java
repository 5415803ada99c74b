package io.blobpath.store.dedupe;

import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.Verdict;
import io.blobpath.store.walk.BlobFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Gives a path whose file has other names a copy of its own. The path names a whole file at every moment. */
final class OwnFile {
    private static final int STRIPES = 64;

    private final FileOperations files;
    private final Workspace workspace;
    private final TouchedFolders touched;
    private final ProblemLog problems;
    private final LongAdder copied = new LongAdder();

    /** Two threads that meet two names of one file take turns, so that the second finds the file its own already. */
    private final Object[] stripes = Stream.generate(Object::new).limit(STRIPES).toArray();

    OwnFile(StoreRoot root, Workspace workspace, TouchedFolders touched, ProblemLog problems) {
        this.files = root.files();
        this.workspace = workspace;
        this.touched = touched;
        this.problems = problems;
    }

    long copied() {
        return copied.sum();
    }

    void give(BlobFile<FileState> blob) {
        if (blob.state().links() == 1) {
            return;
        }
        synchronized (stripes[Math.floorMod(blob.state().key().hashCode(), STRIPES)]) {
            try {
                FileState now = files.stat(blob.file());
                if (now.links() > 1 && now.hasContentOf(blob.state())) {
                    copy(blob, now);
                }
            } catch (IOException e) {
                if (!files.isGone(blob.file())) {
                    refuse(blob, ProblemKind.FAILED, "it still shares its file: " + e);
                }
            }
        }
    }

    private void copy(BlobFile<FileState> blob, FileState shared) throws IOException {
        if (shared.isSpecial()) {
            refuse(blob, ProblemKind.SPECIAL_MODE, "it has the set-user, set-group or sticky bit");
            return;
        }
        Path name = workspace.newName();
        try {
            Verdict verdict = write(blob, shared, name);
            if (verdict == Verdict.MATCHES) {
                files.setAttributes(name, shared);
                files.sync(name);
                files.rename(name, blob.file());
                touched.add(blob.folder());
                copied.increment();
                return;
            }
            report(blob, verdict);
            files.delete(name);
        } catch (IOException e) {
            workspace.discard(name, e);
            throw e;
        }
    }

    private Verdict write(BlobFile<FileState> blob, FileState shared, Path name) throws IOException {
        if (!BlobHashes.canVerify(blob.digest().algorithm())) {
            return Verdict.NOT_VERIFIABLE;
        }
        try (WritableByteChannel target = files.create(name)) {
            return BlobHashes.copy(files, blob.digest(), blob.file(), shared, target);
        }
    }

    private void report(BlobFile<FileState> blob, Verdict verdict) {
        switch (verdict) {
            case DIFFERS -> refuse(blob, ProblemKind.CORRUPT, "its bytes do not match its name; it stays shared");
            case CHANGED -> refuse(blob, ProblemKind.CHANGED, "it changed while it was copied; it stays shared");
            case NOT_VERIFIABLE ->
                refuse(blob, ProblemKind.NOT_VERIFIABLE, "nothing here computes its algorithm; it stays shared");
            case MATCHES -> {}
        }
    }

    private void refuse(BlobFile<FileState> blob, ProblemKind kind, String detail) {
        problems.report(blob.path().toString(), kind, detail);
    }
}
