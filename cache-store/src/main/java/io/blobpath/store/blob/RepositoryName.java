package io.blobpath.store.blob;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.task.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a repository, such as {@code library/alpine}: the path of its folder below the root.
 *
 * <p>At most {@value #MAX_BYTES} bytes of UTF-8. No part begins with a dot, since those names are for tools, and none is the
 * name of a part of a layout.
 *
 * @param value the name
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 255;

    private static final Pattern STAR = Pattern.compile("(?<![^/])\\*(?![^/])");
    private static final Set<String> RESERVED = Set.of(StoreLayout.BLOBS, StoreLayout.INDEX, StoreLayout.MARKER);

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it cannot be a repository's
     */
    public RepositoryName {
        int bytes = BlobPath.of(value).utf8().length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "invalid repository name: it has " + bytes + " bytes and at most " + MAX_BYTES + " are allowed");
        }
        for (String part : value.split("/", -1)) {
            if (!StoreLayout.mayHoldRepositories(part) || RESERVED.contains(part)) {
                throw new IllegalArgumentException(
                        "invalid repository name '" + value + "': no part may be '" + part + "'");
            }
        }
    }

    /** The name, if it can be a repository's. */
    static Optional<RepositoryName> of(String value) {
        try {
            return Optional.of(new RepositoryName(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the repository has this blob. */
    public BlobPath blob(Digest digest) {
        return BlobPath.of(
                value + '/' + StoreLayout.BLOBS + '/' + digest.algorithm().id() + '/' + digest.hex());
    }

    /** What is held while the repository's index is changed and its blobs are removed. */
    Resource resource() {
        return resource("repository");
    }

    /** What is held for a kind of work on the repository. */
    Resource resource(String kind) {
        // A part of a resource's id must not be a star. That two names may share one does no harm but waiting.
        String id = value.indexOf('*') < 0 ? value : STAR.matcher(value).replaceAll("**");
        return Resource.of(kind + ':' + id);
    }

    /** A name without folders, for the files that belong to the repository elsewhere. */
    String key() {
        return BlobHashes.sha256(value.getBytes(StandardCharsets.UTF_8)).hex();
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    /** The name. */
    @Override
    public String toString() {
        return value;
    }
}
