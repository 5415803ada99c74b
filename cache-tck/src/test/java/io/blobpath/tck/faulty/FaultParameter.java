package io.blobpath.tck.faulty;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives {@link FaultyTck} the fault of its run, so that runs at the same time do not share one. */
final class FaultParameter implements ParameterResolver {
    static final String NAME = "blobpath.tck.fault";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fault.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getConfigurationParameter(NAME, Fault::named).orElseThrow();
    }
}
