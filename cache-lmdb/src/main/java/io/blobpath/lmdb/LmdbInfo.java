package io.blobpath.lmdb;

import io.blobpath.cache.ByteSize;
import io.blobpath.cache.CacheInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lmdbjava.EnvInfo;

/** What the driver tells about itself. */
final class LmdbInfo {
    private LmdbInfo() {}

    static CacheInfo of(LmdbEnvironment environment, Duration timeout) {
        LmdbStamp stamp = environment.stamp();
        // A row for each path, and the stamp.
        long records = environment.read(timeout, LmdbSnapshot::countRows) - 1;
        return new CacheInfo("lmdb", stamp.storeId(), stamp.schema(), OptionalLong.of(records), details(environment));
    }

    private static Map<String, String> details(LmdbEnvironment environment) {
        LmdbDirectory directory = environment.directory();
        EnvInfo info = environment.info();
        Map<String, String> details = new TreeMap<>();
        try {
            details.put("directory", directory.path().toString());
            details.put("file", new ByteSize(Files.size(directory.data())).toString());
            details.put("map", new ByteSize(info.mapSize).toString());
            List<String> aside = directory.setAside();
            if (!aside.isEmpty()) {
                details.put("recovered from damage", String.join(", ", aside));
            }
            return details;
        } catch (IOException e) {
            throw LmdbErrors.translate(e);
        }
    }
}
