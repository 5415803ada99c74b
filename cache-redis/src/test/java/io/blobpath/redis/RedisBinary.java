package io.blobpath.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds a server to start: the one of the system property {@code blobpath.redis.binary}, {@code redis-server} or
 * {@code valkey-server} on the {@code PATH}, or the one inside the artifact embedded-redis.
 */
final class RedisBinary {
    private static final String PROPERTY = "blobpath.redis.binary";

    private static final Path FOUND = find();

    private RedisBinary() {}

    static Path path() {
        return FOUND;
    }

    private static Path find() {
        Path binary = Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(name -> !name.isEmpty())
                .map(name -> name.equals("embedded") ? embedded() : Path.of(name))
                .or(() -> onPath("redis-server"))
                .or(() -> onPath("valkey-server"))
                .orElseGet(RedisBinary::embedded);
        System.out.println("redis tests use " + binary);
        return binary;
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path embedded() {
        String resource = "/redis-server-" + build();
        try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("embedded-redis has no " + resource + "; install redis-server");
            }
            Path folder = Files.createTempDirectory("blobpath-redis");
            Path binary = folder.resolve("redis-server");
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
            if (!binary.toFile().setExecutable(true)) {
                throw new IllegalStateException(binary + " cannot be made executable");
            }
            folder.toFile().deleteOnExit();
            binary.toFile().deleteOnExit();
            return binary;
        } catch (IOException e) {
            throw new IllegalStateException("the embedded server cannot be unpacked", e);
        }
    }

    private static String build() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
            return "6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
        }
        return arm ? "6.2.7-linux-arm64" : "6.2.6-v5-linux-amd64";
    }
}
