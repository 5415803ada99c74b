package io.blobpath.tck;

import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Puts the broken rule in front of every failure, so that a log alone tells a driver's author where to read on. */
final class RuleReport implements TestExecutionExceptionHandler, ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KitSize.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return KitSize.of(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        String seen = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
        String rules = context.getTags().stream()
                .filter(tag -> tag.matches("[A-Z]\\d+"))
                .sorted()
                .collect(Collectors.joining(", "));
        throw new AssertionError("rule " + rules + " of docs/contract.md: " + seen, failure);
    }
}
