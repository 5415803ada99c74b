package io.blobpath.cache;

import java.util.List;

/** The configuration is wrong. The message has a line for every problem found, not only for the first (L5). */
public final class CacheConfigException extends BlobPathCacheException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** With these problems, at least one. */
    public CacheConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems), null);
        this.problems = List.copyOf(problems);
    }

    /** Each problem: the key, the value, what is wrong, and the way out. */
    public List<String> problems() {
        return problems;
    }
}
