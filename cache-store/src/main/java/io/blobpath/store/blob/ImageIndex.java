package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code index.json} of a repository: its manifests and their tags. What it has besides is kept as it is. */
final class ImageIndex {
    /** The annotation that holds a tag in an OCI layout. */
    static final String TAG = "org.opencontainers.image.ref.name";

    /** The annotation that says since when a manifest is here without the tag that it had. */
    static final String UNTAGGED = "io.blobpath.untagged";

    private static final String ANNOTATIONS = "annotations";
    private static final int MAX_BYTES = 256 << 20;
    private static final String MANIFESTS = "manifests";

    private final ObjectNode document;
    private final ArrayNode manifests;

    /**
     * One line of the index.
     *
     * @param digest which manifest
     * @param size its length in bytes
     * @param mediaType what it is
     * @param tag its tag; empty without one
     */
    record Entry(Digest digest, long size, String mediaType, String tag) {}

    private ImageIndex(ObjectNode document, ArrayNode manifests) {
        this.document = document;
        this.manifests = manifests;
    }

    /** @throws InvalidContentException if it is damaged; nothing is guessed */
    static ImageIndex read(FileOperations files, Path file) throws IOException {
        String what = "index '" + file + "'";
        ObjectNode document;
        try {
            byte[] content = SmallFile.read(files, file, MAX_BYTES);
            if (content.length == MAX_BYTES) {
                throw new InvalidContentException(what + " has " + MAX_BYTES + " bytes or more", null);
            }
            document = Documents.parse(content, what);
        } catch (NoSuchFileException e) {
            document = Documents.object();
            document.put("schemaVersion", 2);
        }
        JsonNode manifests = document.get(MANIFESTS);
        if (manifests == null || manifests.isNull()) {
            manifests = document.putArray(MANIFESTS);
        }
        if (!(manifests instanceof ArrayNode list)) {
            throw new InvalidContentException(what + " is damaged: 'manifests' must be a list", null);
        }
        ImageIndex index = new ImageIndex(document, list);
        Documents.references(document, what);
        return index;
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        manifests.forEach(each -> entries.add(entry(each)));
        return entries;
    }

    /** The entry that a tag or digest names. */
    Optional<Entry> find(ManifestReference reference) {
        return entries().stream().filter(names(reference)).findFirst();
    }

    /** Adds a manifest. A tag leaves the manifest that had it, which stays without one; a manifest without a tag is added once. */
    void add(Entry added, Instant now) {
        for (int i = manifests.size() - 1; i >= 0; i--) {
            Entry entry = entry(manifests.get(i));
            boolean same = entry.digest().equals(added.digest());
            if (!added.tag().isEmpty() && entry.tag().equals(added.tag())) {
                loseTag(i, !same && isOnly(entry), now);
            } else if (same && untagged(manifests.get(i)).isPresent()) {
                // Somebody wants it again, now for good.
                manifests.remove(i);
            }
        }
        if (added.tag().isEmpty()
                && entries().stream().anyMatch(entry -> entry.digest().equals(added.digest()))) {
            return;
        }
        ObjectNode line = manifests.addObject();
        line.put("mediaType", added.mediaType());
        line.put("digest", added.digest().toString());
        line.put("size", added.size());
        if (!added.tag().isEmpty()) {
            line.putObject(ANNOTATIONS).put(TAG, added.tag());
        }
    }

    /** Removes the tag, or every entry of the digest; whether there was one. */
    boolean remove(ManifestReference reference) {
        return removeIf(names(reference));
    }

    /** Removes the manifests that lost their last tag to another one before this time; how many there were. */
    int dropUntagged(Instant before) {
        int count = 0;
        for (int i = manifests.size() - 1; i >= 0; i--) {
            if (untagged(manifests.get(i)).filter(before::isAfter).isPresent()) {
                manifests.remove(i);
                count++;
            }
        }
        return count;
    }

    byte[] bytes() {
        return Documents.write(document);
    }

    private boolean isOnly(Entry entry) {
        return entries().stream()
                        .filter(other -> other.digest().equals(entry.digest()))
                        .count()
                == 1;
    }

    private void loseTag(int line, boolean stays, Instant now) {
        if (stays && manifests.get(line).get(ANNOTATIONS) instanceof ObjectNode annotations) {
            annotations.remove(TAG);
            annotations.put(UNTAGGED, now.toString());
        } else {
            manifests.remove(line);
        }
    }

    /** A text that is no time says nothing, so that nothing is dropped for it. */
    private static Optional<Instant> untagged(JsonNode line) {
        String since = Documents.text(line.get(ANNOTATIONS), UNTAGGED);
        try {
            return since.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(since));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private boolean removeIf(Predicate<Entry> condition) {
        boolean removed = false;
        for (int i = manifests.size() - 1; i >= 0; i--) {
            if (condition.test(entry(manifests.get(i)))) {
                manifests.remove(i);
                removed = true;
            }
        }
        return removed;
    }

    private static Predicate<Entry> names(ManifestReference reference) {
        return entry -> reference.digest().isPresent()
                ? entry.digest().equals(reference.digest().get())
                : entry.tag().equals(reference.tag());
    }

    private static Entry entry(JsonNode line) {
        return new Entry(
                Digest.parse(Documents.text(line, "digest")),
                line.get("size").longValue(),
                Documents.text(line, "mediaType"),
                Documents.text(line.get(ANNOTATIONS), TAG));
    }
}
