package io.blobpath.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks JSON against the part of JSON Schema 2020-12 that docs/schema uses; any other keyword is refused. */
final class JsonShape {
    private static final Path SCHEMAS = Run.repository().resolve("docs/schema");
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "enum",
            "minimum",
            "$ref");

    private final List<String> problems = new ArrayList<>();

    /** What does not fit; empty if all does. */
    static List<String> problems(String schema, JsonNode json) throws IOException {
        JsonShape shape = new JsonShape();
        shape.check(load(schema + ".schema.json"), json, "$");
        return shape.problems;
    }

    private static JsonNode load(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(SCHEMAS.resolve(file)));
    }

    private void check(JsonNode schema, JsonNode json, String at) throws IOException {
        for (String keyword : schema.propertyNames()) {
            if (!KEYWORDS.contains(keyword)) {
                problems.add(at + ": the schema has the keyword " + keyword + ", which this check does not know");
            }
        }
        if (schema.has("$ref")) {
            check(load(schema.get("$ref").asString()), json, at);
            return;
        }
        String type = schema.get("type").asString();
        boolean fits = switch (type) {
            case "object" -> json.isObject();
            case "array" -> json.isArray();
            case "string" -> json.isString();
            case "boolean" -> json.isBoolean();
            case "integer" -> json.isIntegralNumber();
            default -> false;
        };
        if (!fits) {
            problems.add(at + " is not of type " + type + ": " + json);
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), json)) {
            problems.add(at + " is none of " + schema.get("enum") + ": " + json);
        }
        if (schema.has("minimum") && json.asLong() < schema.get("minimum").asLong()) {
            problems.add(at + " is less than " + schema.get("minimum") + ": " + json);
        }
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                check(schema.get("items"), json.get(i), at + "[" + i + "]");
            }
        } else if (json.isObject()) {
            object(schema, json, at);
        }
    }

    private void object(JsonNode schema, JsonNode json, String at) throws IOException {
        if (schema.has("required")) {
            for (JsonNode name : schema.get("required")) {
                if (!json.has(name.asString())) {
                    problems.add(at + " lacks " + name.asString());
                }
            }
        }
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            String where = at + "." + property.getKey();
            JsonNode others = schema.get("additionalProperties");
            if (schema.has("properties") && schema.get("properties").has(property.getKey())) {
                check(schema.get("properties").get(property.getKey()), property.getValue(), where);
            } else if (others.isObject()) {
                check(others, property.getValue(), where);
            } else {
                problems.add(where + " is not in the schema");
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode json) {
        for (JsonNode value : values) {
            if (value.equals(json)) {
                return true;
            }
        }
        return false;
    }
}
