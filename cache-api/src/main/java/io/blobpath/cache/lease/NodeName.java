package io.blobpath.cache.lease;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process calls itself in front of the others: host and process id. For people to read, not to compare. */
final class NodeName {
    private NodeName() {}

    static String ofThisProcess() {
        return host() + " pid " + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
