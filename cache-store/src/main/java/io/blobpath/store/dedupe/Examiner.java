package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
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

    /** The plain file at this path. A path without a file is skipped silently: that is the index's. */
    Optional<Copy> find(Digest digest, BlobPath path) {
        if (!StoreLayout.isBlob(digest, path)) {
            return skip(path, ProblemKind.NOT_A_BLOB, "it is recorded, but no layout has this blob there");
        }
        Path file = root.resolve(path);
        try {
            Copy copy = new Copy(path, file, root.files().stat(file));
            if (copy.state().isSymbolicLink()) {
                return skip(path, ProblemKind.SYMBOLIC_LINK, "symbolic links are not followed");
            }
            if (!folders.isReal(copy.folder())) {
                return skip(path, ProblemKind.SYMBOLIC_LINK, "a folder above it is a symbolic link");
            }
            if (!copy.state().isRegular()) {
                return skip(path, ProblemKind.NOT_REGULAR, "it is not a plain file");
            }
            return Optional.of(copy);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return skip(path, ProblemKind.UNREADABLE, String.valueOf(e));
        }
    }

    /** Whether no rule excludes the copy; if one does, it is reported. */
    boolean isFit(Copy copy) {
        if (copy.state().isSpecial()) {
            problems.report(
                    copy.path().toString(), ProblemKind.SPECIAL_MODE, "it has the set-user, set-group or sticky bit");
            return false;
        }
        if (copy.state().device() != root.device()) {
            problems.report(
                    copy.path().toString(), ProblemKind.OTHER_FILE_SYSTEM, "it is not on the file system of the root");
            return false;
        }
        return true;
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
