package io.blobpath.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB Local in a process of its own, one for all tests of a JVM. The system property {@code blobpath.dynamodb.endpoint}
 * names another server to use instead.
 */
final class LocalServer {
    private static final URI ENDPOINT = start();

    private LocalServer() {}

    static URI endpoint() {
        return ENDPOINT;
    }

    private static URI start() {
        String given = System.getProperty("blobpath.dynamodb.endpoint");
        if (given != null) {
            return URI.create(given);
        }
        try {
            int port = freePort();
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("blobpath.dynamodb.server", "local-server/target/lib") + "/*",
                            "software.amazon.dynamodb.services.local.main.ServerRunner",
                            "-inMemory",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            awaitPort(server, port);
            return URI.create("http://localhost:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The server says nothing when it is ready. */
    private static void awaitPort(Process server, int port) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && server.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("DynamoDB Local does not start; is local-server/target/lib filled?");
    }
}
