package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import io.blobpath.store.InvalidContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads manifests and indexes of OCI and of Docker, by their shape. */
final class Documents {
    /** What the distribution specification asks a registry to accept; zot and distribution have the same limit. */
    static final int MAX_BYTES = 4 << 20;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
    private static final Set<String> IMAGES = Set.of(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            ARTIFACT);
    private static final List<String> LISTS = List.of("manifests", "layers", "blobs");

    /**
     * What a manifest refers to.
     *
     * @param digest which blob
     * @param size its length in bytes
     * @param mediaType what it is said to be; empty if nothing is said
     * @param elsewhere whether it names URLs to get it from, so that it need not be in the repository
     */
    record Reference(Digest digest, long size, String mediaType, boolean elsewhere) {}

    private Documents() {}

    /** @throws InvalidContentException if it is no JSON object, or nested absurdly */
    static ObjectNode parse(byte[] content, String what) {
        try {
            if (JSON.readTree(content) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new InvalidContentException(what + " is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new InvalidContentException(what + " is no JSON object", null);
    }

    static byte[] write(ObjectNode document) {
        return JSON.writeValueAsBytes(document);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * The blobs that the manifest is made of: config, layers, blobs of an artifact, manifests of an index; all of them, whatever
     * it says that it is, since a document may be read as one kind here and as another one there (CVE-2021-41190). Not the
     * {@code subject}, which may come later or never.
     *
     * @throws InvalidContentException if it is of a form whose references are not known, such as schema 1 of Docker: whoever
     *     took it for one without any would lose its blobs
     */
    static List<Reference> references(ObjectNode manifest, String what) {
        if (!manifest.has("config")
                && LISTS.stream().noneMatch(manifest::has)
                && !text(manifest, "mediaType").equals(ARTIFACT)) {
            throw new InvalidContentException(
                    what + " is no manifest: it has neither config, nor layers, nor blobs, nor manifests", null);
        }
        List<Reference> references = new ArrayList<>();
        if (manifest.has("config")) {
            references.add(reference(manifest.path("config"), what));
        }
        for (String list : LISTS) {
            references.addAll(list(manifest, list, what));
        }
        return references;
    }

    /** The manifests that an index has. */
    static List<Reference> manifests(ObjectNode manifest, String what) {
        return list(manifest, "manifests", what);
    }

    /** Whether something of this type may list manifests; what says that it is an image does not. */
    static boolean mayListManifests(String mediaType) {
        return !IMAGES.contains(mediaType);
    }

    /** The manifest that this one is about. */
    static Optional<Digest> subject(ObjectNode manifest, String what) {
        return manifest.has("subject")
                ? Optional.of(reference(manifest.path("subject"), what).digest())
                : Optional.empty();
    }

    /** The media type that the manifest names or, since older ones name none, that its shape tells. */
    static String mediaType(ObjectNode manifest, String what) {
        String named = text(manifest, "mediaType");
        if (!named.isEmpty()) {
            return named;
        }
        if (manifest.has("manifests")) {
            return "application/vnd.oci.image.index.v1+json";
        }
        if (manifest.has("config") && manifest.has("layers")) {
            return "application/vnd.oci.image.manifest.v1+json";
        }
        throw new InvalidContentException(
                what + " is no manifest: it has neither a mediaType, nor manifests, nor config and layers", null);
    }

    /** The text with this name; empty if there is none. */
    static String text(@Nullable JsonNode object, String name) {
        JsonNode value = object == null ? null : object.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static List<Reference> list(ObjectNode manifest, String name, String what) {
        JsonNode elements = manifest.get(name);
        if (elements == null || elements.isNull()) {
            return List.of();
        }
        if (!elements.isArray()) {
            throw new InvalidContentException(what + " is no manifest: '" + name + "' must be a list", null);
        }
        List<Reference> references = new ArrayList<>();
        elements.forEach(element -> references.add(reference(element, what)));
        return references;
    }

    private static Reference reference(JsonNode descriptor, String what) {
        JsonNode size = descriptor.get("size");
        if (size == null || !size.canConvertToLong() || size.longValue() < 0) {
            throw new InvalidContentException(what + " is no manifest: a descriptor in it has no size", null);
        }
        try {
            JsonNode urls = descriptor.get("urls");
            return new Reference(
                    Digest.parse(text(descriptor, "digest")),
                    size.longValue(),
                    text(descriptor, "mediaType"),
                    urls != null && !urls.isEmpty());
        } catch (IllegalArgumentException e) {
            throw new InvalidContentException(what + " is no manifest: " + e.getMessage(), e);
        }
    }
}
