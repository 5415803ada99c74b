package io.blobpath.tck;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long the random tests and the races look. Each number is a configuration parameter of JUnit, which may come as a system
 * property; the report of the run tells them, so that a driver cannot be tested less in silence.
 *
 * @param histories the concurrent histories, half of them over one handle and half over two ({@code blobpath.tck.histories})
 * @param races the rounds of each race whose outcome is known ({@code blobpath.tck.races})
 * @param rounds the rounds of each race of processes for one piece of work ({@code blobpath.tck.rounds})
 * @param seed what the random histories begin with ({@code blobpath.tck.seed})
 */
record KitSize(int histories, int races, int rounds, long seed) {
    private static final long SEED = new Random().nextLong();

    static KitSize of(ExtensionContext context) {
        return new KitSize(
                number(context, "histories", 2_000),
                number(context, "races", 50),
                number(context, "rounds", 200),
                context.getConfigurationParameter("blobpath.tck.seed", Long::valueOf)
                        .orElse(SEED));
    }

    String summary() {
        return "%d histories, %d rounds a race, %d rounds of processes; seed %d"
                .formatted(histories, races, rounds, seed);
    }

    private static int number(ExtensionContext context, String name, int standard) {
        return context.getConfigurationParameter("blobpath.tck." + name, Integer::valueOf)
                .orElse(standard);
    }
}
