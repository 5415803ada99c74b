package io.blobpath.redis;

import io.blobpath.cache.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user that {@code docs/drivers/redis.md} tells operators to make. */
final class MinimalUser {
    static final String PASSWORD = "change-me";

    private static final String NAME = "blobpath";
    private static final Path MANUAL = Path.of("..", "docs", "drivers", "redis.md");

    private MinimalUser() {}

    static void createOn(RedisServer server) {
        commands().forEach(command -> RedisServers.ask(server, (Object[]) command.split(" ")));
    }

    static RedisOptions as(RedisOptions options) {
        return options.withUser(NAME, Secret.of(PASSWORD));
    }

    private static List<String> commands() {
        try {
            List<String> commands = Files.readAllLines(MANUAL).stream()
                    .map(String::strip)
                    .filter(text -> text.startsWith("ACL SETUSER "))
                    .toList();
            if (commands.isEmpty()) {
                throw new IllegalStateException(MANUAL + " has no ACL");
            }
            return commands;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
