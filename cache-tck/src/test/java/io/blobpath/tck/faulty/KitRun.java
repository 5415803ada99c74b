package io.blobpath.tck.faulty;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which tests of the kit failed on a faulty driver, each with its rules. */
final class KitRun implements TestExecutionListener {
    private static final TestTag SLOW = TestTag.create("slow");

    private final TreeMap<String, Set<String>> failed = new TreeMap<>();
    private final List<String> messages = new ArrayList<>();

    /**
     * Runs the kit, with few random histories and paths, without the rules of leases. Of the slow tests, which some bugs make
     * endless, only those of the broken rule; and for bugs in leases, whose tests wait for time to pass, only those of the
     * broken rule at all.
     */
    static KitRun on(Fault fault) {
        boolean racy = fault instanceof ConcurrencyFaults;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(FaultyTck.class))
                .configurationParameter(FaultParameter.NAME, fault.name())
                .configurationParameter("blobpath.tck.histories", racy ? "200" : "20")
                .configurationParameter("blobpath.tck.races", racy ? "50" : "5")
                .configurationParameter("blobpath.tck.paths", "10000")
                .configurationParameter("blobpath.tck.reports", "")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .filters(slowOnesOf(fault.breaks().value()), familiesOf(fault))
                .build();
        KitRun run = new KitRun();
        LauncherFactory.create().execute(request, run);
        return run;
    }

    private static PostDiscoveryFilter slowOnesOf(String rule) {
        return test -> FilterResult.includedIf(
                !test.getTags().contains(SLOW) || test.getTags().contains(TestTag.create(rule)));
    }

    private static PostDiscoveryFilter familiesOf(Fault fault) {
        TestTag rule = TestTag.create(fault.breaks().value());
        return test -> FilterResult.includedIf(!test.isTest()
                || (fault instanceof LeaseFault ? test.getTags().contains(rule) : !isOfLeases(test.getTags())));
    }

    private static boolean isOfLeases(Set<TestTag> tags) {
        return tags.stream().map(TestTag::getName).anyMatch(tag -> tag.startsWith("K") || tag.startsWith("F"));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && result.getStatus() == Status.FAILED) {
            Set<String> rules = new TreeSet<>();
            test.getTags().stream()
                    .filter(tag -> !tag.equals(SLOW))
                    .map(TestTag::getName)
                    .forEach(rules::add);
            failed.put(test.getDisplayName(), rules);
            result.getThrowable().map(Throwable::getMessage).ifPresent(messages::add);
        }
    }

    List<String> messages() {
        return messages;
    }

    Set<String> rules() {
        Set<String> rules = new TreeSet<>();
        failed.values().stream().flatMap(Collection::stream).forEach(rules::add);
        return rules;
    }

    @Override
    public String toString() {
        return failed.toString();
    }
}
