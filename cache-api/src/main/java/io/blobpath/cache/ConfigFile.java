package io.blobpath.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A config as a tree, before anything is bound.
 *
 * @param source what messages call it
 * @param directory the folder that relative paths start from
 */
record ConfigFile(String source, Path directory, ObjectNode root) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static ConfigFile load(Path path) {
        String source = "config file " + path;
        try {
            Path file = path.toAbsolutePath();
            Path parent = file.getParent();
            return parse(source, Files.readString(file), parent == null ? file : parent);
        } catch (NoSuchFileException e) {
            throw refused(source, "there is no such file");
        } catch (IOException e) {
            throw refused(source, "it cannot be read: " + e);
        }
    }

    static ConfigFile parse(String source, String json, Path directory) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree instanceof ObjectNode root) {
                return new ConfigFile(source, directory.toAbsolutePath(), root);
            }
            throw refused(source, "it must hold one JSON object");
        } catch (JacksonException e) {
            // Only the position: the source text could be a password.
            throw refused(
                    source,
                    "it is not JSON, or has a key twice, at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    /** The text of a key, as an option of type {@code String} would have it. */
    Optional<String> text(String key) {
        JsonNode node = root.get(key);
        return node != null && node.isValueNode() && !node.isNull() ? Optional.of(node.asString()) : Optional.empty();
    }

    /** The section of a driver; an absent one is empty. */
    ObjectNode section(String key, List<String> problems) {
        JsonNode node = root.get(key);
        if (node instanceof ObjectNode section) {
            return section;
        }
        if (node != null) {
            problems.add(key + " must be an object with the options of the driver");
        }
        return MAPPER.createObjectNode();
    }

    @Override
    public String toString() {
        return source;
    }

    private static CacheConfigException refused(String source, String why) {
        return new CacheConfigException(List.of(source + ": " + why));
    }
}
