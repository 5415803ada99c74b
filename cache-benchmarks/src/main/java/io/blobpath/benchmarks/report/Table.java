package io.blobpath.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Collects lines, and prints them with what was lost. */
public final class Table {
    private final Samples samples;
    private final List<Line> lines = new ArrayList<>();

    /** A table over these numbers. */
    public Table(Samples samples) {
        this.samples = samples;
    }

    /** Adds a comparison of ours with a peer's; both are names of samples. */
    public void compare(String what, String ours, String peerTitle, String theirs, Unit unit, Goal goal) {
        if (samples.has(ours) && samples.has(theirs)) {
            lines.add(Line.ratio(samples, what, ours, peerTitle, theirs, unit, goal));
        }
    }

    /** Adds a number of ours. */
    public void absolute(String what, String name, Unit unit, Goal goal) {
        if (samples.has(name)) {
            lines.add(Line.absolute(what, samples.median(name), unit, goal));
        }
    }

    /** Adds the difference of two numbers of ours. */
    public void difference(String what, String name, String base, Unit unit, Goal goal) {
        if (samples.has(name) && samples.has(base)) {
            double above = Math.max(0, samples.median(name) - samples.median(base));
            lines.add(Line.absolute(what, above, unit, goal));
        }
    }

    /** The table in Markdown, and below it one item for each comparison that was lost. */
    public String markdown() {
        List<String> text = new ArrayList<>();
        text.add("| What | blobpath | compared with | theirs | ratio (lowest-highest round) | goal | |");
        text.add("|---|---:|---|---:|---:|---:|---|");
        lines.forEach(line -> text.add(line.markdown()));
        List<String> lost =
                lines.stream().map(Line::lost).filter(item -> !item.isEmpty()).toList();
        if (!lost.isEmpty()) {
            text.addAll(List.of("", "Lost:", ""));
            lost.forEach(item -> text.add("- " + item));
        }
        return String.join("\n", text) + "\n";
    }
}
