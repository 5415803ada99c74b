package io.blobpath.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One server process on a free port of 127.0.0.1, with a folder of its own, which never outlives this JVM; or somebody else's. */
final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BUS = 10_000;
    private static final Set<RedisServer> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(RedisServer::close)));
    }

    private final String host;
    private final int port;
    private final Path folder;
    private final List<String> command;
    private @Nullable Process process;

    private RedisServer(int port, Path folder, List<String> command) {
        this.host = "127.0.0.1";
        this.port = port;
        this.folder = folder;
        this.command = command;
        this.process = launch();
    }

    private RedisServer(String host, int port) {
        this.host = host;
        this.port = port;
        this.folder = newFolder();
        this.command = List.of();
    }

    /** A server that runs already, and goes on to run. */
    static RedisServer at(String address) {
        System.out.println("redis tests use the server at " + address);
        int colon = address.lastIndexOf(':');
        return new RedisServer(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Starts a server with these arguments and waits until it answers. */
    static RedisServer start(String... arguments) {
        return new RedisServer(freePort(), newFolder(), List.of(arguments));
    }

    /** Whether the server was built with encryption. */
    static boolean hasTls() {
        try (RedisServer probe = new RedisServer(freePort(), newFolder(), List.of("--tls-port", "0"))) {
            return probe.port > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Starts a server that talks only encrypted, and only with whoever shows a certificate. */
    static RedisServer startTls(String... arguments) {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of("--port", "0", "--tls-port", Integer.toString(port), "--save", ""));
        all.addAll(List.of(arguments));
        return new RedisServer(port, newFolder(), all);
    }

    /** Starts a sentinel with these lines in its config. */
    static RedisServer startSentinel(String... lines) {
        Path folder = newFolder();
        try {
            Files.write(folder.resolve("sentinel.conf"), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RedisServer(freePort(), folder, List.of("sentinel.conf", "--sentinel"));
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String address() {
        return host + ":" + port;
    }

    Path folder() {
        return folder;
    }

    Resp connect() {
        return new Resp(host, port);
    }

    /** Like {@code kill -9}. */
    void kill() {
        if (process != null) {
            await(process.destroyForcibly());
        }
    }

    /** Starts it again with the same port, folder and arguments. */
    void restart() {
        process = launch();
    }

    @Override
    public void close() {
        RUNNING.remove(this);
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        List<String> line = new ArrayList<>(List.of(RedisBinary.path().toString()));
        boolean configured = !command.isEmpty() && command.get(0).endsWith(".conf");
        if (configured) {
            line.add(command.get(0));
        }
        line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        line.addAll(command.subList(configured ? 1 : 0, command.size()));
        Path log = folder.resolve("server.log");
        try {
            Process started = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            RUNNING.add(this);
            awaitPort(started, log);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort(Process started, Path log) throws IOException {
        Await.until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException(read(log));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private void await(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server on port " + port + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("blobpath-redis-server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is free, and whose cluster bus port is free too. */
    private static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket one = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    ServerSocket bus = new ServerSocket(port + BUS, 1, InetAddress.getLoopbackAddress())) {
                return Math.min(one.getLocalPort(), bus.getLocalPort());
            } catch (IOException e) {
                // Taken; try another one.
            }
        }
        throw new IllegalStateException("no free port");
    }
}
