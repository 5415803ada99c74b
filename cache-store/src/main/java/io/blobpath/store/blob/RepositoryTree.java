package io.blobpath.store.blob;

import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the repositories of a store. Symbolic links are not followed, and folders of blobs are not listed. A folder whose name nobody could ask for is left out.
 */
final class RepositoryTree {
    private final FileOperations files;
    private final TreeSet<RepositoryName> found = new TreeSet<>();

    private RepositoryTree(FileOperations files) {
        this.files = files;
    }

    static List<RepositoryName> names(StoreRoot root) throws IOException {
        RepositoryTree tree = new RepositoryTree(root.files());
        tree.visit(root.path(), "");
        return List.copyOf(tree.found);
    }

    private void visit(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> entries = files.list(folder)) {
            for (Path entry : entries) {
                String last = String.valueOf(entry.getFileName());
                if (last.equals(StoreLayout.MARKER) && !name.isEmpty()) {
                    RepositoryName.of(name).ifPresent(found::add);
                } else if (mayBeFolder(last) && isFolder(entry)) {
                    visit(entry, name.isEmpty() ? last : name + '/' + last);
                }
            }
        } catch (NoSuchFileException e) {
            // Removed since the folder above was listed.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean mayBeFolder(String name) {
        return StoreLayout.mayHoldRepositories(name)
                && !name.equals(StoreLayout.BLOBS)
                && !name.equals(StoreLayout.INDEX);
    }

    private boolean isFolder(Path entry) throws IOException {
        try {
            return files.stat(entry).isFolder();
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
