package io.blobpath.store.walk;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileSight;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks over all blobs of a store. One thread lists folders; the workers ask for the state of the files, which is what costs.
 * In memory are the names of some ten thousand files and one open folder for each level.
 *
 * <p>A folder that holds {@code oci-layout} and {@code blobs} is a repository; folders in it may be repositories too. Symbolic
 * links are not followed; what cannot be read is reported, and the walk goes on.
 *
 * @param <S> what the visitor is to know of each file
 */
public final class BlobWalker<S extends FileSight> {
    /** A page becomes one transaction: a larger one costs fewer of them, a smaller one makes the cache's file grow less. */
    private static final int PAGE = 4096;

    private final StoreRoot root;
    private final FileOperations files;
    private final Workers workers;
    private final ProblemLog problems;
    private final Look<S> look;
    private final Consumer<List<BlobFile<S>>> visitor;
    private List<Candidate> page = new ArrayList<>(PAGE);
    private long repositories;

    /** How to look at a file: {@link FileOperations#look} or {@link FileOperations#stat}. */
    @FunctionalInterface
    public interface Look<S extends FileSight> {
        /** What there is to see. */
        S at(Path file) throws IOException;
    }

    private record Candidate(Path file, String relative, Digest digest) {}

    /**
     * A walk.
     *
     * @param look what the visitor is to know of each file; the less, the quicker
     * @param visitor gets pages of blobs, in the workers' threads
     */
    public BlobWalker(
            StoreRoot root, Workers workers, ProblemLog problems, Look<S> look, Consumer<List<BlobFile<S>>> visitor) {
        this.root = root;
        this.files = root.files();
        this.workers = workers;
        this.problems = problems;
        this.look = look;
        this.visitor = visitor;
    }

    /** Walks, and waits until the last page is visited; how many repositories there are. */
    public long walk() {
        folder(root.path(), "");
        submit();
        workers.finish();
        return repositories;
    }

    private void folder(Path folder, String prefix) {
        if (prefix.length() > BlobPath.MAX_BYTES) {
            problems.report(prefix, ProblemKind.NOT_A_BLOB, "the path is longer than a blob's can be");
            return;
        }
        boolean marked = false;
        boolean blobs = false;
        try (DirectoryStream<Path> entries = files.list(folder)) {
            for (Path entry : entries) {
                String name = name(entry);
                switch (name) {
                    case StoreLayout.MARKER -> marked = true;
                    case StoreLayout.BLOBS -> blobs = true;
                    case StoreLayout.INDEX -> {}
                    default -> {
                        if (StoreLayout.mayHoldRepositories(name) && isFolder(entry, prefix + name)) {
                            folder(entry, prefix + name + '/');
                        }
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            unreadable(prefix, e);
        }
        if (blobs) {
            repository(folder.resolve(StoreLayout.BLOBS), prefix + StoreLayout.BLOBS, marked);
        }
    }

    private void repository(Path folder, String relative, boolean marked) {
        if (!marked) {
            problems.report(
                    relative, ProblemKind.NOT_A_LAYOUT, "there is no file " + StoreLayout.MARKER + " beside it");
            return;
        }
        repositories++;
        if (!isFolder(folder, relative)) {
            return;
        }
        try (DirectoryStream<Path> entries = files.list(folder)) {
            for (Path entry : entries) {
                String name = name(entry);
                Optional<DigestAlgorithm> algorithm = DigestAlgorithm.byId(name);
                if (algorithm.isEmpty()) {
                    problems.report(relative + '/' + name, ProblemKind.NOT_A_BLOB, "no registered digest algorithm");
                } else if (isFolder(entry, relative + '/' + name)) {
                    blobs(entry, relative + '/' + name, algorithm.get());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            unreadable(relative, e);
        }
    }

    private void blobs(Path folder, String relative, DigestAlgorithm algorithm) {
        try (DirectoryStream<Path> entries = files.list(folder)) {
            for (Path entry : entries) {
                String name = name(entry);
                Optional<Digest> digest = StoreLayout.digest(algorithm, name);
                if (digest.isEmpty()) {
                    problems.report(relative + '/' + name, ProblemKind.NOT_A_BLOB, "the name is no digest");
                } else {
                    page.add(new Candidate(entry, relative + '/' + name, digest.get()));
                    if (page.size() == PAGE) {
                        submit();
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            unreadable(relative, e);
        }
    }

    private void submit() {
        List<Candidate> full = page;
        page = new ArrayList<>(PAGE);
        workers.run(() -> visitor.accept(states(full)));
    }

    private List<BlobFile<S>> states(List<Candidate> candidates) {
        List<BlobFile<S>> found = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            try {
                S state = look.at(candidate.file);
                if (isBlob(candidate, state)) {
                    found.add(new BlobFile<>(candidate.digest, BlobPath.of(candidate.relative), candidate.file, state));
                }
            } catch (NoSuchFileException e) {
                // Deleted since the folder was listed; there is no blob to speak of.
            } catch (IOException e) {
                unreadable(candidate.relative, e);
            } catch (IllegalArgumentException e) {
                problems.report(candidate.relative, ProblemKind.NOT_A_BLOB, String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    private boolean isBlob(Candidate candidate, FileSight state) {
        if (state.isSymbolicLink()) {
            problems.report(candidate.relative, ProblemKind.SYMBOLIC_LINK, "symbolic links are not followed");
            return false;
        }
        if (!state.isRegular()) {
            problems.report(candidate.relative, ProblemKind.NOT_REGULAR, "it is not a plain file");
            return false;
        }
        if (state.size() == 0
                && !BlobHashes.ofNothing(candidate.digest.algorithm()).equals(candidate.digest)) {
            problems.report(candidate.relative, ProblemKind.EMPTY, "it is empty, which its digest is not");
            return false;
        }
        return true;
    }

    private boolean isFolder(Path entry, String relative) {
        try {
            FileSight state = files.look(entry);
            if (state.isSymbolicLink()) {
                problems.report(relative, ProblemKind.SYMBOLIC_LINK, "symbolic links are not followed");
            }
            return state.isFolder();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            unreadable(relative, e);
            return false;
        }
    }

    private void unreadable(String relative, Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? e.getCause() : e;
        problems.report(relative, ProblemKind.UNREADABLE, String.valueOf(cause));
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
