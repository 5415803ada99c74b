package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What blobs have in them. All runs have the same few contents, so each of these is hashed and parsed once; the bytes themselves
 * are read and compared each time.
 */
final class Contents {
    private static final Map<String, Digest> DIGESTS = new ConcurrentHashMap<>();
    private static final Map<String, List<Digest>> REFERENCES = new ConcurrentHashMap<>();

    private final FileOperations files;

    Contents(FileOperations files) {
        this.files = files;
    }

    /** The manifests of the index, and what they refer to. */
    Set<Digest> needed(RepositoryFolder folder, ImageIndex index) throws IOException {
        Set<Digest> needed = new LinkedHashSet<>();
        for (ImageIndex.Entry entry : index.entries()) {
            needed.add(entry.digest());
            needed.addAll(REFERENCES.computeIfAbsent(text(folder.blob(entry.digest())), Contents::references));
        }
        return needed;
    }

    /** The blob is there and has the right bytes. */
    void requireWhole(RepositoryFolder folder, Digest digest) {
        try {
            Digest actual = DIGESTS.computeIfAbsent(text(folder.blob(digest)), Tree::digest);
            if (!actual.equals(digest)) {
                throw new AssertionError(digest + " of " + folder.name() + " has the bytes of " + actual);
            }
        } catch (IOException e) {
            throw new AssertionError(digest + " of " + folder.name() + " is needed and not there: " + e, e);
        }
    }

    /** What is in the folder. */
    List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = files.list(folder)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        }
        return names;
    }

    private String text(Path file) throws IOException {
        return Images.text(SmallFile.read(files, file, Integer.MAX_VALUE));
    }

    private static List<Digest> references(String manifest) {
        return Documents.references(Documents.parse(Images.bytes(manifest), "manifest"), "manifest").stream()
                .map(Documents.Reference::digest)
                .toList();
    }
}
