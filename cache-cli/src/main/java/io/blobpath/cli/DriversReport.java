package io.blobpath.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What {@code drivers --json} prints. */
record DriversReport(List<Key> common, List<Driver> drivers) {
    record Driver(String name, List<Key> options) {}

    record Key(
            String key,
            String type,
            @JsonProperty("default") String fallback,
            String description) {}
}
