package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where a cache is: what a config says, or the embedded one of a root. */
final class CacheSource {
    private static final String EMBEDDED = "lmdb";
    private static final String DRIVER = "driver";
    private static final String DIRECTORY = "directory";

    /** The file of the embedded driver that is there if its cache is. */
    private static final String EMBEDDED_FILE = "data.mdb";

    private final CacheConfig config;
    private final ObjectNode keys;
    private final Path folder;

    private CacheSource(CacheConfig config, ObjectNode keys, Path folder) {
        this.config = config;
        this.keys = keys;
        this.folder = folder;
    }

    /** The cache of this config. */
    static CacheSource of(Path file) throws IOException {
        CacheConfig config = CacheConfig.load(file);
        // It is an object, or it was refused.
        ObjectNode keys = JsonMapper.shared().readTree(Files.readString(file)).asObject();
        return new CacheSource(config, keys, file.toAbsolutePath().getParent());
    }

    /** The embedded cache of this root. */
    static CacheSource embeddedIn(StoreRoot root) {
        return embedded(root.ownFolder());
    }

    /** Opens it; it is made if it is not there. */
    BlobPathCache open() {
        return BlobPathCaches.open(config);
    }

    /** Opens it, or an empty one in a temporary folder if it is an embedded one that is not there: so nothing is made. */
    OpenedCache openOrPretend() throws IOException {
        if (!isMissing()) {
            return new OpenedCache(open(), Optional.empty());
        }
        Path scratch = Files.createTempDirectory("blobpath-dry-run-");
        ObjectNode pretended = keys.deepCopy();
        pretended.withObjectProperty(EMBEDDED).put(DIRECTORY, scratch.toString());
        return new OpenedCache(
                BlobPathCaches.open(CacheConfig.parse(JsonMapper.shared().writeValueAsString(pretended), folder)),
                Optional.of(scratch));
    }

    /** Whether it is an embedded one that nobody has made yet. */
    boolean isMissing() {
        JsonNode directory = keys.path(EMBEDDED).path(DIRECTORY);
        return keys.path(DRIVER).asString("").equals(EMBEDDED)
                && directory.isString()
                && !Files.exists(folder.resolve(directory.asString()).resolve(EMBEDDED_FILE));
    }

    private static CacheSource embedded(Path directory) {
        ObjectNode keys = JsonMapper.shared().createObjectNode().put(DRIVER, EMBEDDED);
        keys.putObject(EMBEDDED).put(DIRECTORY, directory.toString());
        return new CacheSource(
                CacheConfig.parse(JsonMapper.shared().writeValueAsString(keys), directory), keys, directory);
    }
}
