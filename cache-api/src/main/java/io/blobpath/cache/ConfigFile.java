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

/** A config file as a tree, before anything is bound. */
record ConfigFile(Path path, ObjectNode root) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static ConfigFile load(Path path) {
        try {
            JsonNode tree = MAPPER.readTree(Files.readString(path));
            if (tree instanceof ObjectNode root) {
                return new ConfigFile(path.toAbsolutePath(), root);
            }
            throw refused(path, "it must hold one JSON object");
        } catch (NoSuchFileException e) {
            throw refused(path, "there is no such file");
        } catch (IOException e) {
            throw refused(path, "it cannot be read: " + e);
        } catch (JacksonException e) {
            // Only the position: the source text could be a password.
            throw refused(
                    path,
                    "it is not JSON, or has a key twice, at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    /** The folder that relative paths start from. */
    Path directory() {
        Path parent = path.getParent();
        return parent == null ? path : parent;
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
        return path.toString();
    }

    private static CacheConfigException refused(Path path, String why) {
        return new CacheConfigException(List.of("config file " + path + ": " + why));
    }
}
