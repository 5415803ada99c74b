package io.blobpath.cache;

import java.util.Objects;

/**
 * Something about a backend that endangers records or work, and that its operator can mend.
 *
 * @param where the server, file or table, by the name that an operator knows it by; never with a secret
 * @param what what is so, and what may come of it; a sentence that goes on from {@code where}
 * @param remedy what to do about it
 */
public record Finding(String where, String what, String remedy) {
    /** Refuses null. */
    public Finding {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** All of it in one line. */
    public String text() {
        return where + " " + what + "; " + remedy;
    }
}
