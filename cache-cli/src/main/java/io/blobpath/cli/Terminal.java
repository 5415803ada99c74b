package io.blobpath.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes.
 *
 * @param out data
 * @param err talk
 * @param outColors whether colours may go to {@code out}
 * @param errColors whether colours may go to {@code err}
 * @param animated whether {@code err} is a screen on which a line can be drawn again
 */
record Terminal(PrintStream out, PrintStream err, boolean outColors, boolean errColors, boolean animated) {
    /** Plain text on both, as for a file or a pipe. */
    static Terminal plain(PrintStream out, PrintStream err) {
        return new Terminal(out, err, false, false, false);
    }

    /**
     * Colours on a screen, unless {@code NO_COLOR} has a value (no-color.org) or the screen is a dumb one.
     *
     * @param outScreen whether {@code out} is a screen; the launcher knows, Java 17 does not
     * @param errScreen the same for {@code err}
     */
    static Terminal of(
            PrintStream out, PrintStream err, boolean outScreen, boolean errScreen, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean colors = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, colors && outScreen, colors && errScreen, errScreen && !dumb);
    }

    /** A heading for {@code out}. */
    String bold(String text) {
        return outColors ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** Something gained, for {@code out}. */
    String green(String text) {
        return outColors ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    /** Something to look at, for {@code out}. */
    String yellow(String text) {
        return outColors ? "\u001b[33m" + text + "\u001b[0m" : text;
    }

    /** A failure, for {@code err}. */
    String redOnErr(String text) {
        return errColors ? "\u001b[31m" + text + "\u001b[0m" : text;
    }
}
