package io.blobpath.tck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the rules in one run of the kit on one driver. */
final class KitReport {
    private final String driver;
    private final KitSize size;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** What can become of a test, and of a rule; the worst of its tests counts. */
    enum Status {
        PASSED,
        UNSUPPORTED,
        NOT_RUN,
        UNDECLARED,
        FAILED;

        @Override
        public String toString() {
            return switch (this) {
                case PASSED -> "passed";
                case UNSUPPORTED -> "declared unsupported";
                case NOT_RUN -> "not run";
                case UNDECLARED -> "skipped without a declaration";
                case FAILED -> "failed";
            };
        }
    }

    /** A test, what became of it, and why it did not run, if it did not. */
    record Outcome(String test, Status status, String reason) {
        static Outcome passed(String test) {
            return new Outcome(test, Status.PASSED, "");
        }

        static Outcome failed(String test) {
            return new Outcome(test, Status.FAILED, "");
        }

        static Outcome unsupported(String test, String reason) {
            return new Outcome(test, Status.UNSUPPORTED, reason);
        }

        static Outcome undeclared(String test, String reason) {
            return new Outcome(test, Status.UNDECLARED, reason);
        }

        @Override
        public String toString() {
            return test + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    KitReport(String driver, KitSize size) {
        this.driver = driver;
        this.size = size;
    }

    String driver() {
        return driver;
    }

    KitSize size() {
        return size;
    }

    synchronized void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** The tests of each rule with what became of them, in the order of the contract. */
    synchronized Map<String, List<Outcome>> rules() {
        Map<String, Outcome> byTest =
                outcomes.stream().collect(Collectors.toMap(Outcome::test, each -> each, (first, second) -> second));
        Map<String, List<Outcome>> rules = new LinkedHashMap<>();
        Contract.rules().keySet().forEach(rule -> rules.put(rule, new ArrayList<>()));
        Contract.tests()
                .forEach((test, its) -> its.forEach(rule -> rules.computeIfAbsent(rule, absent -> new ArrayList<>())
                        .add(byTest.getOrDefault(test, new Outcome(test, Status.NOT_RUN, "")))));
        return rules;
    }

    /**
     * The worst of its tests; but a rule with a test that passed is not unsupported because others of its tests were.
     */
    static Status statusOf(List<Outcome> tests) {
        List<Status> statuses =
                tests.stream().map(Outcome::status).distinct().sorted().toList();
        Status worst = statuses.get(statuses.size() - 1);
        return worst == Status.UNSUPPORTED ? statuses.get(0) : worst;
    }

    long count(Status status) {
        return rules().values().stream()
                .filter(tests -> statusOf(tests) == status)
                .count();
    }

    /** The tests that did not run for this reason or another, or failed. */
    synchronized List<Outcome> tests(Status status) {
        return outcomes.stream().filter(each -> each.status() == status).toList();
    }

    List<Outcome> undeclared() {
        return tests(Status.UNDECLARED);
    }

    /** In one line: how many of how many rules. */
    String summary() {
        return "blobpath kit: " + driver + ": " + count(Status.PASSED) + " of "
                + Contract.rules().size() + " rules passed, " + count(Status.UNSUPPORTED) + " declared unsupported, "
                + count(Status.FAILED) + " failed, " + (count(Status.NOT_RUN) + count(Status.UNDECLARED)) + " not run";
    }

    String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        text.append("  ").append(size.summary()).append('\n');
        tests(Status.UNSUPPORTED).stream()
                .collect(Collectors.groupingBy(Outcome::reason, LinkedHashMap::new, Collectors.counting()))
                .forEach((reason, count) -> text.append("  %d tests skipped: %s%n".formatted(count, reason)));
        List<String> unsupported = rules().entrySet().stream()
                .filter(rule -> statusOf(rule.getValue()) == Status.UNSUPPORTED)
                .map(Map.Entry::getKey)
                .toList();
        if (!unsupported.isEmpty()) {
            text.append("  declared unsupported: ")
                    .append(String.join(", ", unsupported))
                    .append('\n');
        }
        rules().forEach((rule, tests) -> {
            Status status = statusOf(tests);
            if (status == Status.FAILED || status == Status.UNDECLARED) {
                List<Outcome> why =
                        tests.stream().filter(each -> each.status() == status).toList();
                text.append("  %s %s: %s%n".formatted(rule, status, why));
            }
        });
        return text.toString();
    }
}
