package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Decides from the file itself whether a recorded path may take part, and reports why not. */
final class Examiner {
    private final StoreRoot root;
    private final ProblemLog problems;
    private final RealFolders folders;

    Examiner(StoreRoot root, ProblemLog problems) {
        this.root = root;
        this.problems = problems;
        this.folders = new RealFolders(root);
    }

    /** The copy at this path, unless a rule excludes it. A path without a file is skipped silently: that is the index's. */
    Optional<Copy> copy(Digest digest, BlobPath path) {
        if (!StoreLayout.isBlob(digest, path)) {
            return skip(path, ProblemKind.NOT_A_BLOB, "it is recorded, but no layout has this blob there");
        }
        try {
            Copy copy = new Copy(path, root.resolve(path), root.files().stat(root.resolve(path)));
            FileState state = copy.state();
            if (state.isSymbolicLink()) {
                return skip(path, ProblemKind.SYMBOLIC_LINK, "symbolic links are not followed");
            }
            if (!folders.isReal(copy.folder())) {
                return skip(path, ProblemKind.SYMBOLIC_LINK, "a folder above it is a symbolic link");
            }
            if (!state.isRegular()) {
                return skip(path, ProblemKind.NOT_REGULAR, "it is not a plain file");
            }
            if (state.isSpecial()) {
                return skip(path, ProblemKind.SPECIAL_MODE, "it has the set-user, set-group or sticky bit");
            }
            if (state.device() != root.device()) {
                return skip(path, ProblemKind.OTHER_FILE_SYSTEM, "it is not on the file system of the root");
            }
            return Optional.of(copy);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return skip(path, ProblemKind.UNREADABLE, String.valueOf(e));
        }
    }

    /** Reads the copy; whether its bytes match the digest. If not, it is reported. */
    Optional<ProblemKind> fault(Digest digest, Copy copy) {
        Path file = copy.file();
        try {
            return switch (BlobHashes.verify(root.files(), digest, file, copy.state())) {
                case MATCHES -> Optional.empty();
                case DIFFERS -> fault(copy, ProblemKind.CORRUPT, "its bytes do not match its name; left as it is");
                case CHANGED -> fault(copy, ProblemKind.CHANGED, "it changed while it was read");
                case NOT_VERIFIABLE ->
                    fault(
                            copy,
                            ProblemKind.NOT_VERIFIABLE,
                            "nothing here computes " + digest.algorithm().id());
            };
        } catch (IOException e) {
            return fault(copy, ProblemKind.UNREADABLE, String.valueOf(e));
        }
    }

    private Optional<ProblemKind> fault(Copy copy, ProblemKind kind, String detail) {
        problems.report(copy.path().toString(), kind, detail);
        return Optional.of(kind);
    }

    private Optional<Copy> skip(BlobPath path, ProblemKind kind, String detail) {
        problems.report(path.toString(), kind, detail);
        return Optional.empty();
    }
}
