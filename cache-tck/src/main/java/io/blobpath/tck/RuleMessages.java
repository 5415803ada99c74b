package io.blobpath.tck;

import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Says with every failure which rule is broken and where to read on, so that a log alone is enough for a driver's author. */
final class RuleMessages implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        String test = context.getRequiredTestMethod().getName();
        String rules = Contract.rulesOf(context.getTags()).stream()
                .map(rule -> "rule " + rule + " is broken: " + Contract.rules().get(rule) + "\n")
                .collect(Collectors.joining());
        String seen = failure instanceof AssertionError
                ? "expected and seen: " + failure.getMessage()
                : "expected: an answer, or the failure that the rule names\nseen: " + failure;
        throw new AssertionError(
                rules + seen + "\nlook at: docs/contract.md, the rule; "
                        + context.getRequiredTestMethod().getDeclaringClass().getSimpleName() + "." + test
                        + ", the test; run it alone with -Dtest="
                        + context.getRequiredTestClass().getSimpleName() + "#" + test,
                failure);
    }
}
