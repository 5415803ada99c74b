package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether all that the manifests of one layout refer to is there as a plain file, with the size and media type that they say.
 * Goes on after a problem, so that all are told.
 */
final class ManifestCheck {
    /** How often a layout is looked at that changes meanwhile; then its problems are told as they were last. */
    private static final int ATTEMPTS = 3;

    private final StoreRoot root;
    private final FileOperations files;
    private final Path folder;
    private final Set<Digest> listed = new HashSet<>();
    private final Deque<Digest> open = new ArrayDeque<>();
    private final Set<Digest> queued = new HashSet<>();
    private final Map<Digest, String> mediaTypes = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long references;

    /** What something says that a manifest is. */
    private record Claim(Digest digest, String mediaType, String by) {}

    private ManifestCheck(StoreRoot root, Path folder) {
        this.root = root;
        this.files = root.files();
        this.folder = folder;
    }

    /** Checks the layout in this folder; again, if it has problems and its index has changed meanwhile. */
    static ManifestCheck of(StoreRoot root, Path folder) {
        ManifestCheck check = new ManifestCheck(root, folder);
        check.check();
        for (int attempt = 1; attempt < ATTEMPTS && !check.problems.isEmpty() && check.isOutdated(); attempt++) {
            check = new ManifestCheck(root, folder);
            check.check();
        }
        return check;
    }

    /** How many manifests were read. */
    long manifests() {
        return mediaTypes.size();
    }

    /** How many times the index or a manifest refers to a blob. */
    long references() {
        return references;
    }

    List<Problem> problems() {
        return problems;
    }

    private void check() {
        Path index = folder.resolve(StoreLayout.INDEX);
        try {
            for (ImageIndex.Entry entry : ImageIndex.read(files, index).entries()) {
                listed.add(entry.digest());
                manifest(new Documents.Reference(entry.digest(), entry.size(), entry.mediaType(), false), "the index");
            }
        } catch (InvalidContentException e) {
            report(index, ProblemKind.CORRUPT, e.getMessage() + "; restore it, nothing is guessed");
        } catch (IOException e) {
            unreadable(index, e);
        }
        for (Digest next = open.poll(); next != null; next = open.poll()) {
            follow(next);
        }
        claims.forEach(this::compare);
    }

    private void follow(Digest digest) {
        Path blob = blob(digest);
        String what = "manifest " + digest;
        if (!BlobHashes.canVerify(digest.algorithm())) {
            report(blob, ProblemKind.NOT_VERIFIABLE, "nothing here computes its algorithm; it is not followed");
            return;
        }
        try {
            if (!files.stat(blob).isRegular()) {
                return;
            }
            ObjectNode manifest = Manifests.read(files, blob, digest, what);
            mediaTypes.put(digest, Documents.text(manifest, "mediaType"));
            List<Documents.Reference> nested = Documents.manifests(manifest, what);
            for (Documents.Reference each : Documents.references(manifest, what)) {
                if (nested.contains(each)) {
                    manifest(each, what);
                } else {
                    refer(each, what);
                }
            }
            // It may be absent; if it is there, it has to be whole.
            Documents.subject(manifest, what).ifPresent(this::queue);
        } catch (NoSuchFileException e) {
            // Whoever refers to it has told, or it is an absent subject.
        } catch (InvalidContentException e) {
            report(blob, ProblemKind.CORRUPT, e.getMessage() + "; push it again");
        } catch (IOException e) {
            unreadable(blob, e);
        }
    }

    private void manifest(Documents.Reference reference, String by) {
        refer(reference, by);
        claims.add(new Claim(reference.digest(), reference.mediaType(), by));
        queue(reference.digest());
    }

    private void queue(Digest manifest) {
        if (queued.add(manifest)) {
            open.add(manifest);
        }
    }

    private void refer(Documents.Reference reference, String by) {
        references++;
        Path blob = blob(reference.digest());
        try {
            FileState state = files.stat(blob);
            if (!state.isRegular()) {
                report(blob, ProblemKind.MISSING, by + " refers to it, and it is no plain file; push it again");
            } else if (state.size() != reference.size()) {
                report(
                        blob,
                        ProblemKind.MISMATCH,
                        "it has " + state.size() + " bytes, and " + by + " says " + reference.size()
                                + "; push it again");
            }
        } catch (NoSuchFileException e) {
            if (!reference.elsewhere()) {
                report(blob, ProblemKind.MISSING, by + " refers to it; push it again, or delete the tags that need it");
            }
        } catch (IOException e) {
            unreadable(blob, e);
        }
    }

    /** A document that is one thing here and another there is what CVE-2021-41190 is about. */
    private void compare(Claim claim) {
        String own = mediaTypes.getOrDefault(claim.digest(), "");
        if (!own.isEmpty() && !claim.mediaType().isEmpty() && !own.equals(claim.mediaType())) {
            report(
                    blob(claim.digest()),
                    ProblemKind.MISMATCH,
                    "it is of type " + own + ", and " + claim.by() + " says " + claim.mediaType() + "; push it again");
        }
    }

    private boolean isOutdated() {
        try {
            Set<Digest> now = new HashSet<>();
            ImageIndex.read(files, folder.resolve(StoreLayout.INDEX))
                    .entries()
                    .forEach(entry -> now.add(entry.digest()));
            return !now.equals(listed);
        } catch (InvalidContentException | IOException e) {
            return false; // It is among the problems.
        }
    }

    private Path blob(Digest digest) {
        return folder.resolve(StoreLayout.BLOBS)
                .resolve(digest.algorithm().id())
                .resolve(digest.hex());
    }

    private void unreadable(Path file, IOException e) {
        report(file, ProblemKind.UNREADABLE, e + "; look at the disk and at the permissions");
    }

    private void report(Path file, ProblemKind kind, String detail) {
        problems.add(new Problem(root.relative(file), kind, detail));
    }
}
