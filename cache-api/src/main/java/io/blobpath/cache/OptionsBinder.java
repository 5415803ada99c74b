package io.blobpath.cache;

import io.blobpath.cache.spi.Option;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes an options record of a JSON object, and notes every problem instead of stopping at the first. */
final class OptionsBinder {
    private final Path directory;
    private final List<String> problems;

    OptionsBinder(Path directory, List<String> problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** The record, or null if there were problems. */
    <R extends Record> @Nullable R bind(Class<R> type, ObjectNode node, String prefix, Set<String> otherKeys) {
        int before = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new LinkedHashSet<>(otherKeys);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            known.add(components[i].getName());
            values[i] = value(components[i], node.get(components[i].getName()), prefix);
        }
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                problems.add(prefix + Quote.of(key) + " is unknown; "
                        + Nearest.of(key, known)
                                .map(near -> "did you mean '" + prefix + near + "'?")
                                .orElse("known are: " + String.join(", ", known)));
            }
        }
        return problems.size() > before ? null : create(type, components, values, prefix);
    }

    /** Notes each component of a record that was made elsewhere and lies outside the bounds of its {@link Option}. */
    static void check(Record options, String prefix, List<String> problems) {
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            String problem = OptionType.of(component.getGenericType())
                    .outOfBounds(read(component, options), OptionInfo.option(component));
            if (problem != null) {
                problems.add(prefix + component.getName() + " " + problem);
            }
        }
    }

    private @Nullable Object value(RecordComponent component, @Nullable JsonNode node, String prefix) {
        Option option = OptionInfo.option(component);
        OptionType type = OptionType.of(component.getGenericType());
        String key = prefix + component.getName();
        JsonNode source = node;
        if (source == null || source.isNull()) {
            if (!option.fallback().isEmpty()) {
                source = StringNode.valueOf(option.fallback());
            } else if (type.required()) {
                problems.add(key + " is required: " + option.value());
                return null;
            }
        }
        try {
            Object value = type.parse(source, directory);
            String problem = type.outOfBounds(value, option);
            if (problem != null) {
                problems.add(key + " " + problem);
            }
            return value;
        } catch (IllegalArgumentException e) {
            problems.add(key
                    + (type.secret() ? " is wrong: " : " was '" + Quote.of(text(source)) + "' but ")
                    + e.getMessage());
            return null;
        }
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : node.isString() ? node.stringValue() : node.toString();
    }

    private <R extends Record> @Nullable R create(
            Class<R> type, RecordComponent[] components, @Nullable Object[] values, String prefix) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                problems.add(
                        prefix.isEmpty()
                                ? refused.getMessage()
                                : prefix.substring(0, prefix.length() - 1) + ": " + refused.getMessage());
                return null;
            }
            throw new IllegalStateException(type.getName() + " cannot be created", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be created", e);
        }
    }

    private static Object read(RecordComponent component, Record options) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
