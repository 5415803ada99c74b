package io.blobpath.tck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The processes of a test class. One that served a test and is well serves the next one, because a JVM with a driver takes
 * seconds of processor to start. Calls come from one thread at a time.
 */
final class ChildProcesses implements AutoCloseable {
    private final Deque<ChildProcess> idle = new ArrayDeque<>();

    /** A process that opens its cache while the caller goes on. */
    ChildProcess take(String config, Path directory) throws IOException {
        ChildProcess child = idle.isEmpty() ? ChildProcess.start() : idle.pop();
        child.open(config, directory);
        return child;
    }

    /** Ends what the test did with it, and the process too if it cannot serve another test. */
    void giveBack(ChildProcess child) throws Exception {
        if (child.closesCache()) {
            idle.push(child);
        } else {
            child.close();
        }
    }

    /** Ends those that are not in use. */
    @Override
    public void close() throws Exception {
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }

    /** Gives each test the processes of its class. */
    static final class Parameter implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(ChildProcesses.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ChildProcesses.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getParent().orElseThrow().getStore(NAMESPACE).computeIfAbsent(ChildProcesses.class);
        }
    }
}
