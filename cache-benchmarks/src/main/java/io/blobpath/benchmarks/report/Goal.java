package io.blobpath.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** What a number should be. */
public record Goal(Kind kind, double bound) {
    /** A comparison without a goal of its own. */
    public static final Goal NONE = new Goal(Kind.NONE, 0);

    /** Which side of the bound is good. */
    public enum Kind {
        /** Not less. */
        AT_LEAST,
        /** Not more. */
        AT_MOST,
        /** Within a thousandth. */
        EQUAL,
        /** Any. */
        NONE
    }

    /** Not less than this. */
    public static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    /** Not more than this. */
    public static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    /** As much as the other, give or take a thousandth. */
    public static Goal same() {
        return new Goal(Kind.EQUAL, 1);
    }

    boolean met(double value) {
        return switch (kind) {
            case AT_LEAST -> value >= bound;
            case AT_MOST -> value <= bound;
            case EQUAL -> Math.abs(value - bound) <= 0.001;
            case NONE -> true;
        };
    }

    String text(String suffix) {
        return switch (kind) {
            case AT_LEAST -> ">= " + number() + suffix;
            case AT_MOST -> "<= " + number() + suffix;
            case EQUAL -> "the same";
            case NONE -> "";
        };
    }

    private String number() {
        return bound == Math.rint(bound)
                ? String.format(Locale.ROOT, "%,.0f", bound).replace(',', ' ')
                : new BigDecimal(bound)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
