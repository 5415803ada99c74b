package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the manifests of a repository: those that its index lists, and those that the listed ones list, however deep. Clients
 * pull an index by its tag and then its parts by digest, and tools that write layouts list only the first.
 */
final class ManifestLookup {
    private final FileOperations files;
    private final RepositoryFolder folder;
    private final Deque<Digest> open = new ArrayDeque<>();
    private final Set<Digest> queued = new HashSet<>();
    private @Nullable InvalidContentException failure;

    ManifestLookup(FileOperations files, RepositoryFolder folder) {
        this.files = files;
        this.folder = folder;
    }

    Optional<Manifest> find(ManifestReference reference) throws IOException {
        ImageIndex index = ImageIndex.read(files, folder.index());
        Optional<ImageIndex.Entry> entry = index.find(reference);
        if (entry.isPresent()) {
            return Optional.of(manifest(entry.get().digest(), entry.get().mediaType()));
        }
        Optional<Digest> digest = reference.digest();
        // What is no blob here is not looked for in all the indexes.
        if (digest.isEmpty() || !folder.holds(digest.get()) || files.isGone(folder.blob(digest.get()))) {
            return Optional.empty();
        }
        index.entries().forEach(each -> queue(each.digest(), each.mediaType()));
        return findPart(digest.get());
    }

    /** One that is damaged hides its own parts only; but whoever does not find a manifest because of that is told so. */
    private Optional<Manifest> findPart(Digest wanted) throws IOException {
        for (Digest next = open.poll(); next != null; next = open.poll()) {
            try {
                ObjectNode index = Documents.parse(bytes(next), what(next));
                for (Documents.Reference part : Documents.manifests(index, what(next))) {
                    if (part.digest().equals(wanted)) {
                        return Optional.of(manifest(wanted, part.mediaType()));
                    }
                    queue(part.digest(), part.mediaType());
                }
            } catch (InvalidContentException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private void queue(Digest digest, String mediaType) {
        if (Documents.mayListManifests(mediaType) && queued.add(digest)) {
            open.add(digest);
        }
    }

    private Manifest manifest(Digest digest, String mediaType) throws IOException {
        byte[] content = bytes(digest);
        String type = mediaType.isEmpty()
                ? Documents.mediaType(Documents.parse(content, what(digest)), what(digest))
                : mediaType;
        return new Manifest(digest, type, content);
    }

    private byte[] bytes(Digest digest) throws IOException {
        if (!folder.holds(digest)) {
            throw new InvalidContentException(what(digest) + " is not there", null);
        }
        return Manifests.bytes(files, folder.blob(digest), digest, what(digest));
    }

    private String what(Digest digest) {
        return "manifest " + digest + " of repository '" + folder.name() + "'";
    }
}
