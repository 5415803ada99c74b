package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows what manifests refer to. Whatever cannot be read or does not match its name ends it with an error: from a part of the
 * references nobody may conclude that a blob is not needed.
 */
final class Reachability {
    private final FileOperations files;
    private final RepositoryFolder folder;
    private final Set<Digest> reached = new HashSet<>();
    private final Deque<Digest> open = new ArrayDeque<>();
    private final Set<Digest> queued = new HashSet<>();

    Reachability(FileOperations files, RepositoryFolder folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Follows everything that the index refers to. */
    void follow(ImageIndex index) throws IOException {
        follow(index, () -> false);
    }

    /**
     * Follows what the index refers to and was not followed before. What earlier ones referred to stays reached.
     *
     * @return whether everything is followed; if not, because there was enough, the next call goes on
     */
    boolean follow(ImageIndex index, BooleanSupplier enough) throws IOException {
        index.entries().forEach(entry -> reach(entry.digest()));
        for (Digest next = open.peek(); next != null; next = open.peek()) {
            if (enough.getAsBoolean()) {
                return false;
            }
            ObjectNode manifest = read(next);
            Documents.references(manifest, what(next)).forEach(reference -> reached.add(reference.digest()));
            manifests(manifest, what(next)).forEach(this::reach);
            open.remove();
        }
        return true;
    }

    /** Whether a manifest that was followed is this blob, or refers to it directly or through others. */
    boolean reaches(Digest blob) {
        return reached.contains(blob);
    }

    /** Each manifest is read once, so that circles end, which only files under false names could make. */
    private void reach(Digest manifest) {
        reached.add(manifest);
        if (queued.add(manifest)) {
            open.add(manifest);
        }
    }

    /** The manifests of an index, and the subject, which may be absent. */
    private List<Digest> manifests(ObjectNode manifest, String what) {
        List<Digest> digests = new ArrayList<>();
        Documents.manifests(manifest, what).forEach(reference -> digests.add(reference.digest()));
        Documents.subject(manifest, what)
                .filter(subject -> !files.isGone(folder.blob(subject)))
                .ifPresent(digests::add);
        return digests;
    }

    private ObjectNode read(Digest digest) throws IOException {
        return Manifests.read(files, folder.blob(digest), digest, what(digest));
    }

    private String what(Digest digest) {
        return "manifest " + digest + " of repository '" + folder.name() + "'";
    }
}
