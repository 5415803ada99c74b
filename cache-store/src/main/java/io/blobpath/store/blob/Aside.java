package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where blobs of one repository are put aside while it is decided whether they go: {@code .blobpath/aside/<repository>}. Each
 * name, {@code <algorithm>-<hex>.<unique>}, is used once.
 */
final class Aside {
    private final StoreRoot root;
    private final FileOperations files;
    private final Path folder;

    /** A blob and where it is aside. */
    record Blob(Digest digest, Path file) {}

    Aside(StoreRoot root, RepositoryName name) {
        this.root = root;
        this.files = root.files();
        this.folder = root.ownFolder().resolve("aside").resolve(name.key());
    }

    /** A name for this blob that nothing had before, in a folder that is made if it is not there. */
    Path newName(Digest digest) throws IOException {
        files.createFolder(root.ownFolder());
        files.createFolder(root.ownFolder().resolve("aside"));
        files.createFolder(folder);
        return folder.resolve(prefix(digest) + UUID.randomUUID());
    }

    /**
     * Gives the blob its name back, if it is aside. Two may do so at once, and the one who put it aside may remove it there
     * meanwhile; then other names are tried.
     *
     * @return whether something has the blob's name now because it was aside
     */
    boolean giveBack(Digest digest, Path name) throws IOException {
        for (List<Path> found = find(digest); !found.isEmpty(); found = find(digest)) {
            for (Path each : found) {
                try {
                    files.link(name, each);
                    return true;
                } catch (FileAlreadyExistsException e) {
                    return true;
                } catch (NoSuchFileException e) {
                    // Removed, or linked back by the one who put it there.
                }
            }
        }
        return false;
    }

    /** All that is aside now. Files of other names are not ours. */
    List<Blob> all() throws IOException {
        List<Blob> found = new ArrayList<>();
        try (DirectoryStream<Path> names = files.list(folder)) {
            for (Path each : names) {
                digest(String.valueOf(each.getFileName())).ifPresent(digest -> found.add(new Blob(digest, each)));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private List<Path> find(Digest digest) throws IOException {
        return all().stream()
                .filter(blob -> blob.digest().equals(digest))
                .map(Blob::file)
                .toList();
    }

    private static Optional<Digest> digest(String name) {
        int dash = name.indexOf('-');
        int dot = name.indexOf('.');
        return dash < 0 || dot < dash
                ? Optional.empty()
                : DigestAlgorithm.byId(name.substring(0, dash))
                        .flatMap(algorithm -> StoreLayout.digest(algorithm, name.substring(dash + 1, dot)));
    }

    private static String prefix(Digest digest) {
        return digest.algorithm().id() + '-' + digest.hex() + '.';
    }
}
