package io.blobpath.cache;

import io.blobpath.cache.spi.Option;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** How the value of an option is written in a config: the types that {@link Option} lists. */
record OptionType(Kind kind, Class<?> type) {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");

    enum Kind {
        SINGLE,
        OPTIONAL,
        LIST
    }

    static OptionType of(Type type) {
        if (type instanceof Class<?> single) {
            return new OptionType(Kind.SINGLE, single);
        }
        if (type instanceof ParameterizedType generic
                && generic.getActualTypeArguments().length == 1
                && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
            if (generic.getRawType() == Optional.class) {
                return new OptionType(Kind.OPTIONAL, element);
            }
            if (generic.getRawType() == List.class) {
                return new OptionType(Kind.LIST, element);
            }
        }
        throw new IllegalStateException(type + " is not a type for an option");
    }

    boolean required() {
        return kind == Kind.SINGLE;
    }

    boolean secret() {
        return type == Secret.class;
    }

    String words() {
        String word = type.isEnum()
                ? String.join(" | ", constants())
                : type == ByteSize.class ? "size" : type.getSimpleName().toLowerCase(Locale.ROOT);
        return kind == Kind.LIST ? "list of " + word : word;
    }

    /** The value of this node. */
    Object parse(@Nullable JsonNode node, Path directory) {
        if (kind == Kind.OPTIONAL) {
            return node == null || node.isNull() ? Optional.empty() : Optional.of(single(node, directory));
        }
        if (kind == Kind.LIST) {
            return node == null || node.isNull() ? List.of() : elements(node, directory);
        }
        return single(node, directory);
    }

    /** What is wrong with a value that lies outside the option's bounds, or null. */
    @Nullable
    String outOfBounds(Object value, Option option) {
        Collection<?> values = value instanceof Optional<?> optional
                ? optional.stream().toList()
                : value instanceof Collection<?> collection ? collection : List.of(value);
        for (Object each : values) {
            if (!option.min().isEmpty() && compare(each, option.min()) < 0) {
                return "was '" + each + "' but it must be at least " + option.min();
            }
            if (!option.max().isEmpty() && compare(each, option.max()) > 0) {
                return "was '" + each + "' but it must be at most " + option.max();
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // The bound is parsed as the type of the value.
    private int compare(Object value, String bound) {
        return ((Comparable<Object>) value).compareTo(single(StringNode.valueOf(bound), Path.of("")));
    }

    private List<Object> elements(JsonNode node, Path directory) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("it must be a list");
        }
        List<Object> elements = new ArrayList<>();
        node.forEach(element -> elements.add(single(element, directory)));
        return List.copyOf(elements);
    }

    private Object single(@Nullable JsonNode node, Path directory) {
        if (node == null) {
            throw new IllegalArgumentException("it must not be absent");
        }
        if (type == Secret.class) {
            return secret(node, directory);
        }
        if (type == boolean.class && !node.isBoolean() && !node.isString()) {
            throw new IllegalArgumentException("it must be true or false");
        }
        if (!node.isString() && !node.isIntegralNumber() && !node.isBoolean()) {
            throw new IllegalArgumentException("it must be a " + words());
        }
        return text(node.asString(), directory);
    }

    private Object text(String text, Path directory) {
        if (type == String.class) {
            return text;
        } else if (type == boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("it must be true or false");
            }
            return text.equals("true");
        } else if (type == int.class || type == long.class) {
            return number(text);
        } else if (type == Duration.class) {
            return duration(text);
        } else if (type == ByteSize.class) {
            return ByteSize.parse(text);
        } else if (type == Path.class) {
            try {
                return directory.resolve(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("it is not a path: " + e.getReason(), e);
            }
        } else if (type.isEnum()) {
            int at = constants().indexOf(text);
            if (at < 0) {
                throw new IllegalArgumentException("it must be one of " + String.join(", ", constants()));
            }
            return type.getEnumConstants()[at];
        }
        throw new IllegalStateException(type + " is not a type for an option");
    }

    private Object number(String text) {
        try {
            if (type == int.class) {
                return Integer.parseInt(text);
            }
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it must be a whole number that fits", e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Duration.parse(text);
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a duration looks like 500ms, 10s, 5m, 1h or PT10S", e);
        }
    }

    /** A secret is the text itself, {@code {"env": "NAME"}} or {@code {"file": "path"}}. */
    private static Secret secret(JsonNode node, Path directory) {
        if (node.isString()) {
            return Secret.of(node.stringValue());
        }
        JsonNode env = node.get("env");
        JsonNode file = node.get("file");
        if (node.size() == 1 && env != null && env.isString()) {
            String value = System.getenv(env.stringValue());
            if (value == null) {
                throw new IllegalArgumentException("the environment has no variable " + env.stringValue());
            }
            return Secret.of(value);
        }
        if (node.size() == 1 && file != null && file.isString()) {
            try {
                return Secret.of(
                        Files.readString(directory.resolve(file.stringValue())).strip());
            } catch (IOException e) {
                throw new IllegalArgumentException("the file " + file.stringValue() + " cannot be read: " + e, e);
            }
        }
        throw new IllegalArgumentException("a secret is a text, {\"env\": \"NAME\"} or {\"file\": \"path\"}");
    }

    private List<String> constants() {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> camelCase(((Enum<?>) constant).name()))
                .toList();
    }

    private static String camelCase(String constant) {
        StringBuilder out = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < constant.length(); i++) {
            char c = constant.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                out.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return out.toString();
    }
}
