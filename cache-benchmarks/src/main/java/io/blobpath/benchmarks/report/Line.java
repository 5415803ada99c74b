package io.blobpath.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what is measured
 * @param ours our number
 * @param peer what it is compared with; may be empty
 * @param theirs its number; may be empty
 * @param compared the number that the goal is about; may be empty
 * @param goal the goal; may be empty
 * @param result met, missed, or empty if there is no goal
 * @param lost what there is to say if we lost; may be empty
 */
record Line(
        String what,
        String ours,
        String peer,
        String theirs,
        String compared,
        String goal,
        String result,
        String lost) {
    /** Our number beside a peer's; the goal is about the quotient. */
    static Line ratio(
            Samples samples, String what, String ours, String peerTitle, String theirs, Unit unit, Goal goal) {
        List<Double> ratios = samples.ratios(ours, theirs);
        double ratio = Samples.median(ratios);
        double low = ratios.stream().min(Double::compare).orElseThrow();
        double high = ratios.stream().max(Double::compare).orElseThrow();
        String text = times(ratio) + (ratios.size() > 1 ? " (" + number(low) + "-" + number(high) + ")" : "");
        boolean behind = unit.isRate() ? ratio < 1 : ratio > 1;
        boolean met = goal.met(ratio);
        String lost = !met || (goal.kind() == Goal.Kind.NONE && behind)
                ? what + ": " + times(ratio) + " of " + peerTitle + (met ? "" : ", the goal is " + goal.text("x"))
                : "";
        return new Line(
                what,
                unit.text(samples.median(ours)),
                peerTitle,
                unit.text(samples.median(theirs)),
                text,
                goal.text("x"),
                result(goal, met),
                lost);
    }

    /** A number of ours with a goal of its own. */
    static Line absolute(String what, double value, Unit unit, Goal goal) {
        boolean met = goal.met(value);
        String text = unit.text(value);
        String lost = met
                ? ""
                : what + ": " + text + ", the goal is " + goal.text(unit.text(0).substring(4));
        return new Line(what, text, "", "", "", goal.text(unit.text(0).substring(4)), result(goal, met), lost);
    }

    String markdown() {
        return "| " + String.join(" | ", what, ours, peer, theirs, compared, goal, result) + " |";
    }

    private static String result(Goal goal, boolean met) {
        if (goal.kind() == Goal.Kind.NONE) {
            return "";
        }
        return met ? "met" : "**missed**";
    }

    private static String times(double ratio) {
        return number(ratio) + "x";
    }

    private static String number(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%.0f" : "%.2f", ratio);
    }
}
