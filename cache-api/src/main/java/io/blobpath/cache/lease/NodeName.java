package io.blobpath.cache.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this process calls itself in front of the others: host and process id. For people to read, not to compare. */
final class NodeName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
    private static final String NAME =
            host() + " pid " + ProcessHandle.current().pid();

    private NodeName() {}

    static String ofThisProcess() {
        return NAME;
    }

    /** The resolver comes last: it may ask a name server and hang for as long as that is silent. */
    private static String host() {
        return fromKernel().or(NodeName::fromEnvironment).orElseGet(NodeName::fromResolver);
    }

    private static Optional<String> fromKernel() {
        try {
            return Optional.of(Files.readString(LINUX).strip()).filter(name -> !name.isEmpty());
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> fromEnvironment() {
        return Optional.ofNullable(System.getenv("COMPUTERNAME")).filter(name -> !name.isBlank());
    }

    private static String fromResolver() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
