package io.blobpath.cache;

import io.blobpath.cache.spi.Option;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One key of a driver's configuration, for documentation.
 *
 * @param key the name
 * @param type the type in words, such as {@code duration}
 * @param fallback the default as written in a config, {@code required} or {@code none}
 * @param description what it means
 */
public record OptionInfo(String key, String type, String fallback, String description) {
    static List<OptionInfo> of(Class<? extends Record> optionsType) {
        return Arrays.stream(optionsType.getRecordComponents())
                .map(OptionInfo::of)
                .toList();
    }

    private static OptionInfo of(RecordComponent component) {
        Option option = option(component);
        OptionType type = OptionType.of(component.getGenericType());
        String fallback = type.required() && option.fallback().isEmpty() ? "required" : option.fallback();
        return new OptionInfo(
                component.getName(), type.words(), fallback.isEmpty() ? "none" : fallback, option.value());
    }

    static Option option(RecordComponent component) {
        return Objects.requireNonNull(
                component.getAnnotation(Option.class),
                () -> component.getDeclaringRecord().getName() + "." + component.getName() + " lacks @Option");
    }
}
