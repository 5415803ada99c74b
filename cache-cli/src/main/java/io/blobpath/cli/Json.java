package io.blobpath.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Digest;
import java.io.PrintStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Writes a report as the one JSON object on stdout; what is not known has no field. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(defaults -> defaults.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(new SimpleModule()
                    .addSerializer(Digest.class, ToStringSerializer.instance)
                    .addSerializer(BlobPath.class, ToStringSerializer.instance))
            .build();

    private Json() {}

    static void print(PrintStream out, Record report) {
        out.println(MAPPER.writeValueAsString(report));
    }
}
