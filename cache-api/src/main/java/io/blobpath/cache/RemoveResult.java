package io.blobpath.cache;

import java.util.Objects;
import java.util.Optional;

/**
 * What a remove decided.
 *
 * @param removed whether the path was recorded; {@code false} if nothing changed
 * @param promoted the new canonical path, if the removed one was canonical and others remain
 * @param last whether the digest is gone with this path
 */
public record RemoveResult(boolean removed, Optional<BlobPath> promoted, boolean last) {
    private static final RemoveResult ABSENT = new RemoveResult(false, Optional.empty(), false);
    private static final RemoveResult DUPLICATE = new RemoveResult(true, Optional.empty(), false);
    private static final RemoveResult LAST = new RemoveResult(true, Optional.empty(), true);

    /** Refuses null and answers that contradict themselves. */
    public RemoveResult {
        Objects.requireNonNull(promoted, "promoted");
        if ((!removed && (promoted.isPresent() || last)) || (promoted.isPresent() && last)) {
            throw new IllegalArgumentException(
                    "contradiction: removed=" + removed + ", promoted=" + promoted + ", last=" + last);
        }
    }

    /** The path was not recorded; nothing changed. */
    public static RemoveResult absent() {
        return ABSENT;
    }

    /** A duplicate went; the canonical path is the same as before. */
    public static RemoveResult duplicate() {
        return DUPLICATE;
    }

    /** The canonical path went and this one took its place. */
    public static RemoveResult promoted(BlobPath canonical) {
        return new RemoveResult(true, Optional.of(canonical), false);
    }

    /** The only path went, and the digest with it. */
    public static RemoveResult lastPath() {
        return LAST;
    }
}
