package io.blobpath.lmdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which kernel and which PID namespace this process is in. LMDB tells readers apart by their process id, so that processes of
 * two PID namespaces, such as two containers on one volume, would take each other's readers for their own or for dead.
 *
 * @param boot the kernel's boot id
 * @param pidNamespace the namespace of process ids
 */
record LmdbHost(String boot, String pidNamespace) {
    private static final String SEPARATOR = " ";

    static LmdbHost current() {
        return new LmdbHost(boot(Path.of("/proc/sys/kernel/random/boot_id")), namespace(Path.of("/proc/self/ns/pid")));
    }

    static LmdbHost parse(String text) {
        int cut = text.indexOf(SEPARATOR);
        return cut < 0
                ? new LmdbHost(text, "")
                : new LmdbHost(text.substring(0, cut), text.substring(cut + SEPARATOR.length()));
    }

    String text() {
        return boot + SEPARATOR + pidNamespace;
    }

    /** For messages. */
    @Override
    public String toString() {
        return "boot " + boot + ", PID namespace " + pidNamespace;
    }

    private static String boot(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String namespace(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
