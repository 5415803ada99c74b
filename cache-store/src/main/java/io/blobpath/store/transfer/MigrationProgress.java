package io.blobpath.store.transfer;

import io.blobpath.store.InvalidContentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file that remembers how far a migration came, or nothing if there is to be none. */
final class MigrationProgress {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORMAT = "blobpath-migration-1";

    private final Optional<Path> file;
    private final String from;
    private final String to;

    MigrationProgress(Optional<Path> file, String from, String to) {
        this.file = file;
        this.from = from;
        this.to = to;
    }

    /**
     * The token to go on with; empty for the beginning.
     *
     * @throws InvalidContentException if the file is of other caches, or no such file
     */
    Optional<String> load() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode saved = JSON.readTree(Files.readString(file.get()));
            if (!saved.path("format").asString("").equals(FORMAT)) {
                throw wrong("it is no file of a migration");
            }
            if (!saved.path("from").asString("").equals(from)
                    || !saved.path("to").asString("").equals(to)) {
                throw wrong("it is of a migration from store " + saved.path("from") + " to store " + saved.path("to"));
            }
            return Optional.of(saved.path("token").asString(""));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw wrong("it is no JSON");
        }
    }

    /** Remembers it; what is in the file is one token or the next one, whenever this is stopped. */
    void save(String token) {
        file.ifPresent(target -> {
            Path next = target.resolveSibling(target.getFileName() + ".next");
            byte[] text = JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("format", FORMAT)
                    .put("from", from)
                    .put("to", to)
                    .put("token", token));
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Everything is copied: the file goes. */
    void done() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    InvalidContentException wrong(String why) {
        return new InvalidContentException(
                "cannot go on with '" + file.map(Path::toString).orElse("") + "': " + why
                        + "; name another file, or delete it to begin anew",
                null);
    }
}
