package io.blobpath.store.blob;

import io.blobpath.cache.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What names a manifest in a repository: a tag or a digest.
 *
 * @param tag the tag; empty if it is a digest
 * @param digest the digest; empty if it is a tag
 */
public record ManifestReference(String tag, Optional<Digest> digest) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Refuses what is both, or neither. */
    public ManifestReference {
        if (digest.isPresent() ? !tag.isEmpty() : !TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("invalid tag '" + tag.replaceAll("\\p{Cntrl}", "?")
                    + "': it must have 1 to 128 letters, digits, '_', '.' or '-', and not begin with '.' or '-'");
        }
    }

    /**
     * The reference that this text is. A digest has a colon and a tag has none.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ManifestReference parse(String text) {
        return text.indexOf(':') < 0
                ? new ManifestReference(text, Optional.empty())
                : new ManifestReference("", Optional.of(Digest.parse(text)));
    }

    /** The digest or the tag. */
    @Override
    public String toString() {
        return digest.map(Digest::toString).orElse(tag);
    }
}
