package io.blobpath.cli;

import io.blobpath.cache.CacheInfo;
import io.blobpath.store.index.StoreStats;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code stats} prints.
 *
 * @param cache what the cache tells about itself
 * @param store what its records and the files add up to, if a root was given
 */
record StatsReport(Cache cache, Optional<StoreStats> store) {
    record Cache(String driver, String storeId, int schema, OptionalLong records, Map<String, String> details) {
        static Cache of(CacheInfo info) {
            return new Cache(info.driver(), info.storeId(), info.schema(), info.records(), info.details());
        }
    }
}
