package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The blobs that the manifests of a repository reach. It is made without the repository's lease, and only what came since is
 * followed under it; what is reached stays reached, though its manifest may go.
 */
final class Marking {
    private static final int ATTEMPTS = 10;

    private final FileOperations files;
    private final RepositoryFolder folder;
    private final Optional<Instant> without;
    private Reachability reachability;

    /** @param without manifests that lost their tag before are not followed: for a dry run, which cannot drop them first */
    Marking(FileOperations files, RepositoryFolder folder, Optional<Instant> without) {
        this.files = files;
        this.folder = folder;
        this.without = without;
        this.reachability = new Reachability(files, folder);
    }

    /**
     * Follows the index as it is now.
     *
     * @throws InvalidContentException if something cannot be followed, and not because the index changed meanwhile
     */
    void mark() throws IOException {
        ImageIndex index = read();
        for (int attempt = 1; !follows(index, attempt); attempt++) {
            index = read();
        }
    }

    /** Follows what came since, by the index of a session; whether that was possible before there was enough. */
    boolean refresh(ImageIndex index, BooleanSupplier enough) throws IOException {
        return reachability.follow(index, enough);
    }

    boolean reaches(Digest digest) {
        return reachability.reaches(digest);
    }

    private boolean follows(ImageIndex index, int attempt) throws IOException {
        try {
            reachability.follow(index);
            return true;
        } catch (InvalidContentException e) {
            if (attempt == ATTEMPTS || manifests(read()).equals(manifests(index))) {
                throw e;
            }
            // A manifest that was removed meanwhile may be gone by now.
            reachability = new Reachability(files, folder);
            return false;
        }
    }

    private ImageIndex read() throws IOException {
        ImageIndex index = ImageIndex.read(files, folder.index());
        without.ifPresent(index::dropUntagged);
        return index;
    }

    private static Set<Digest> manifests(ImageIndex index) {
        return index.entries().stream().map(ImageIndex.Entry::digest).collect(Collectors.toSet());
    }
}
