package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.file.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        try (InputStream in = Channels.newInputStream(files.read(file))) {
            byte[] content = in.readNBytes(MAX_BYTES);
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

    /** Adds a manifest. A tag leaves the manifest that had it; one without a tag is added once. */
    void add(Entry added) {
        if (added.tag().isEmpty()) {
            if (entries().stream().anyMatch(entry -> entry.digest().equals(added.digest()))) {
                return;
            }
        } else {
            removeIf(entry -> entry.tag().equals(added.tag()));
        }
        ObjectNode line = manifests.addObject();
        line.put("mediaType", added.mediaType());
        line.put("digest", added.digest().toString());
        line.put("size", added.size());
        if (!added.tag().isEmpty()) {
            line.putObject("annotations").put(TAG, added.tag());
        }
    }

    /** Removes the tag, or every entry of the digest; whether there was one. */
    boolean remove(ManifestReference reference) {
        return removeIf(names(reference));
    }

    byte[] bytes() {
        return Documents.write(document);
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
                Documents.text(line.get("annotations"), TAG));
    }
}
