package io.blobpath.tck;

import org.opentest4j.TestAbortedException;

/** Skips a test of the kit for a reason that is declared. Any other skip is a failure of the run. */
final class Unsupported extends TestAbortedException {
    private static final long serialVersionUID = 1;

    Unsupported(String reason) {
        super(reason);
    }

    static void unless(boolean supported, String reason) {
        if (!supported) {
            throw new Unsupported(reason);
        }
    }
}
