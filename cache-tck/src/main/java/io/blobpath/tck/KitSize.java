package io.blobpath.tck;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long the random tests and the races look, and how much there is in the largest tests. Each number is a configuration
 * parameter of JUnit, which may come as a system property, and which may be meant for one class: {@code
 * blobpath.tck.races.SlowServerTckTest}. The report of each class tells its numbers, so that a driver cannot be tested less in
 * silence.
 *
 * @param histories the concurrent histories, half of them over one handle and half over two ({@code blobpath.tck.histories})
 * @param races the rounds of each race whose outcome is known, and four times as many writes that are watched ({@code
 *     blobpath.tck.races})
 * @param rounds the rounds of each race of processes for one piece of work ({@code blobpath.tck.rounds})
 * @param paths the paths of the digest that has most of them; batches and scans are up to a tenth as long ({@code
 *     blobpath.tck.paths})
 * @param seed what the random histories begin with ({@code blobpath.tck.seed})
 */
record KitSize(int histories, int races, int rounds, int paths, long seed) {
    private static final long SEED = new Random().nextLong();

    static KitSize of(ExtensionContext context) {
        return new KitSize(
                number(context, "histories", 2_000),
                number(context, "races", 50),
                number(context, "rounds", 200),
                number(context, "paths", 100_000),
                context.getConfigurationParameter("blobpath.tck.seed", Long::valueOf)
                        .orElse(SEED));
    }

    /** The elements of the longest batch. */
    int batch() {
        return paths / 10;
    }

    String summary() {
        return "%d histories, %d rounds a race, %d rounds of processes, %d paths of a digest; seed %d"
                .formatted(histories, races, rounds, paths, seed);
    }

    private static int number(ExtensionContext context, String name, int standard) {
        String key = "blobpath.tck." + name;
        return context.getConfigurationParameter(
                        key + "." + context.getRequiredTestClass().getSimpleName(), Integer::valueOf)
                .or(() -> context.getConfigurationParameter(key, Integer::valueOf))
                .orElse(standard);
    }
}
