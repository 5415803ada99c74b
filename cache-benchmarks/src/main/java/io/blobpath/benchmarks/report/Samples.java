package io.blobpath.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers by name; the first of each name come from the first round, the second from the second, and so on. */
public final class Samples {
    private final Map<String, List<Double>> byName = new LinkedHashMap<>();

    /** Notes one. */
    public void add(String name, double value) {
        byName.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    /** Whether there is one of this name. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What the rounds gave for this name. */
    public List<Double> of(String name) {
        List<Double> values = byName.get(name);
        if (values == null) {
            throw new IllegalArgumentException("nothing was measured as '" + name + "'; there is " + byName.keySet());
        }
        return List.copyOf(values);
    }

    /** The median of the rounds. */
    public double median(String name) {
        return median(of(name));
    }

    /** The quotient of two numbers, round by round: what disturbed a round disturbed both. */
    public List<Double> ratios(String upper, String lower) {
        List<Double> above = of(upper);
        List<Double> below = of(lower);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
            ratios.add(above.get(round) / below.get(round));
        }
        return ratios;
    }

    /** The number in the middle, or the mean of the two. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
