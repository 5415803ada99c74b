package io.blobpath.store.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend that several processes can use, and how an accident wipes it. */
enum Backend {
    LMDB {
        @Override
        String config(Path folder, int port) {
            return "{\"driver\": \"lmdb\", \"operationTimeout\": \"20s\", \"lmdb\": {\"directory\": \"cache\", \"mapSize\": \"64MiB\"}}";
        }

        @Override
        List<String> server(Path folder, int port) {
            return List.of();
        }

        @Override
        void wipe(Path folder, int port) throws IOException {
            try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
                for (Path each : files.toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    },
    REDIS {
        @Override
        String config(Path folder, int port) {
            return "{\"driver\": \"redis\", \"operationTimeout\": \"20s\", \"redis\": {\"addresses\": [\"localhost:"
                    + port + "\"]}}";
        }

        @Override
        List<String> server(Path folder, int port) {
            String given = System.getProperty("blobpath.redis.binary", "");
            return List.of(
                    given.isEmpty() ? "redis-server" : given,
                    "--port",
                    Integer.toString(port),
                    "--dir",
                    folder.toString(),
                    "--appendonly",
                    "yes",
                    "--save",
                    "",
                    "--bind",
                    "127.0.0.1");
        }

        @Override
        void wipe(Path folder, int port) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("FLUSHALL\r\n".getBytes(UTF_8));
                byte[] answer = socket.getInputStream().readNBytes(5);
                if (!new String(answer, UTF_8).equals("+OK\r\n")) {
                    throw new IOException("FLUSHALL was answered with " + new String(answer, UTF_8));
                }
            }
        }
    },
    DYNAMODB {
        @Override
        String config(Path folder, int port) {
            return "{\"driver\": \"dynamodb\", \"operationTimeout\": \"20s\", \"dynamodb\": {\"endpoint\": \"http://localhost:"
                    + port
                    + "\", \"region\": \"us-east-1\", \"accessKeyId\": \"local\", \"secretAccessKey\": \"local\","
                    + " \"table\": \"blobs\", \"create\": \"ifMissing\"}}";
        }

        @Override
        List<String> server(Path folder, int port) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("blobpath.dynamodb.server", "../cache-dynamodb/local-server/target/lib") + "/*",
                    "software.amazon.dynamodb.services.local.main.ServerRunner",
                    "-inMemory",
                    "-disableTelemetry",
                    "-port",
                    Integer.toString(port));
        }

        @Override
        void wipe(Path folder, int port) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                    .header("X-Amz-Target", "DynamoDB_20120810.DeleteTable")
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                                    + " SignedHeaders=host, Signature=0")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\": \"blobs\"}"))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("DeleteTable was answered with " + response.body());
            }
            BlobPathCaches.open(CacheConfig.load(folder.resolve("config.json"))).close();
        }
    };

    /** The config for all processes. */
    abstract String config(Path folder, int port);

    /** The command that starts its server; empty if it needs none. */
    abstract List<String> server(Path folder, int port);

    /** Loses everything that is in it. */
    abstract void wipe(Path folder, int port) throws IOException, InterruptedException;

    /** Whether its driver is on the class path. */
    boolean isInstalled() {
        return BlobPathCaches.drivers().contains(name().toLowerCase(Locale.ROOT));
    }

    /** Starts the server and waits until it listens. */
    @Nullable
    Process start(Path folder, int port) throws IOException {
        List<String> command = new ArrayList<>(server(folder, port));
        if (command.isEmpty()) {
            return null;
        }
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end && server.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return server;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        server.destroyForcibly();
        throw new IllegalStateException("it does not start: " + command);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
