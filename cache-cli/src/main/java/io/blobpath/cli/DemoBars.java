package io.blobpath.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** One bar for each name, drawn again and again on a screen; elsewhere a line with all of them every now and then. */
final class DemoBars implements AutoCloseable {
    private static final int WIDTH = 32;

    private final Terminal terminal;
    private final long whole;
    private int drawn;

    /**
     * How far somebody is.
     *
     * @param name who
     * @param bytes how far
     */
    record Bar(String name, long bytes) {}

    DemoBars(Terminal terminal, long whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    /** How long to wait until it is worth drawing again. */
    Duration period() {
        return terminal.animated() ? Duration.ofMillis(50) : Duration.ofMillis(500);
    }

    void draw(List<Bar> bars) {
        if (!terminal.animated()) {
            terminal.err()
                    .println("blobpath: "
                            + bars.stream()
                                    .map(bar -> bar.name() + " " + percent(bar) + " %")
                                    .collect(Collectors.joining(", ")));
            return;
        }
        close();
        bars.forEach(bar -> terminal.err().println(line(bar)));
        terminal.err().flush();
        drawn = bars.size();
    }

    /** Removes what is on the screen. */
    @Override
    public void close() {
        if (drawn > 0) {
            terminal.err().print("\u001b[" + drawn + "A\u001b[J");
            terminal.err().flush();
            drawn = 0;
        }
    }

    private String line(Bar bar) {
        int filled = percent(bar) * WIDTH / 100;
        return String.format(
                "%-9s[%s%s] %s", bar.name(), "#".repeat(filled), ".".repeat(WIDTH - filled), Bytes.text(bar.bytes()));
    }

    private int percent(Bar bar) {
        return (int) (100 * bar.bytes() / whole);
    }
}
