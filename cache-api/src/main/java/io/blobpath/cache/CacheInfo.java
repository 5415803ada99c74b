package io.blobpath.cache;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a cache tells about itself, without reading its records.
 *
 * @param driver the driver's name
 * @param storeId the store that the records belong to, from the stamp of the namespace
 * @param schema the version of the stored format
 * @param records how many (digest, path) pairs there are, where that is cheap to know
 * @param details facts for an operator by name, such as the location; never a secret
 */
public record CacheInfo(String driver, String storeId, int schema, OptionalLong records, Map<String, String> details) {
    /** Refuses null and copies the map. */
    public CacheInfo {
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(records, "records");
        details = Map.copyOf(details);
    }
}
