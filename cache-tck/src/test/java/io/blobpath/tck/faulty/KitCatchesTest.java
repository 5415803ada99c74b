package io.blobpath.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit on drivers with one bug each: the rule that is broken fails, and rules that are not broken pass. */
@Execution(ExecutionMode.CONCURRENT)
class KitCatchesTest {
    static Stream<Fault> faults() {
        return Fault.all();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theBrokenRuleFailsAndOthersDoNot(Fault fault) {
        Breaks breaks = fault.breaks();
        Set<String> may = new TreeSet<>(List.of(breaks.also()));
        may.add(breaks.value());
        // Random histories see any wrong answer, if chance has it.
        may.add("C4");

        KitRun run = KitRun.on(fault);

        assertThat(run.rules())
                .as("rules with failed tests: %s", run)
                .contains(breaks.value())
                .isSubsetOf(may);
        assertThat(run.messages())
                .anySatisfy(message -> assertThat(message)
                        .contains("rule " + breaks.value() + " is broken: ", "expected", "seen: ", "\nlook at: "));
    }
}
