package app.patter.provider.dialect;

import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of tools as the strictest providers take them: an object with properties at the top and no choice there, arrays
 * with items, nothing that is null, required names that there are. Pure.
 */
final class ToolSchema {

    private static final JsonObject ANYTHING = JsonValue.EMPTY_JSON_OBJECT;

    /** What a schema may choose between; not at the top, for Anthropic and OpenAI. */
    private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");

    /** What holds schemas by name. */
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    /** What is a schema. */
    private static final Set<String> SINGLE = Set.of("items", "not", "contains", "propertyNames", "if", "then", "else");

    private static final int DEEPEST = 50;

    private ToolSchema() {}

    /** The schema of a tool's arguments. */
    static JsonObject of(ToolSpec tool) {
        JsonObject schema = valid(Json.objectOrEmpty(tool.schema()), 0);
        Map<String, JsonValue> properties = new LinkedHashMap<>(Json.object(schema, "properties"));
        Set<String> needed = required(schema);
        for (String choice : CHOICES) {
            List<JsonObject> all = Json.objects(schema, choice);
            all.forEach(one -> Json.object(one, "properties").forEach(properties::putIfAbsent));
            needed.addAll(required(all, choice.equals("allOf")));
        }
        JsonObjectBuilder whole = Json.builder(schema).remove("$schema").add("type", "object");
        CHOICES.forEach(whole::remove);
        JsonObjectBuilder all = Json.builder();
        properties.forEach(all::add);
        whole.add("properties", all);
        needed.retainAll(properties.keySet());
        if (needed.isEmpty()) {
            whole.remove("required");
        } else {
            JsonArrayBuilder names = Json.arrayBuilder();
            properties.keySet().stream().filter(needed::contains).forEach(names::add);
            whole.add("required", names);
        }
        return whole.build();
    }

    /** What all of some schemas require, or any of them. */
    private static Set<String> required(List<JsonObject> schemas, boolean any) {
        Set<String> names = new HashSet<>();
        for (int at = 0; at < schemas.size(); at++) {
            if (any || at == 0) {
                names.addAll(required(schemas.get(at)));
            } else {
                names.retainAll(required(schemas.get(at)));
            }
        }
        return names;
    }

    private static Set<String> required(JsonObject schema) {
        Set<String> names = new HashSet<>();
        if (schema.get("required") instanceof JsonArray array) {
            array.forEach(name -> {
                if (name instanceof JsonString text) {
                    names.add(text.getString());
                }
            });
        }
        return names;
    }

    /** A schema without what no provider takes; whatever is none is one that allows anything. */
    private static JsonObject valid(JsonValue value, int depth) {
        if (!(value instanceof JsonObject schema) || depth > DEEPEST) {
            return ANYTHING;
        }
        JsonObjectBuilder valid = Json.builder();
        schema.forEach((name, inner) -> {
            if (NAMED.contains(name)) {
                valid.add(name, named(inner, depth));
            } else if (CHOICES.contains(name) || name.equals("prefixItems")) {
                if (inner instanceof JsonArray array && !array.isEmpty()) {
                    valid.add(name, all(array, depth));
                }
            } else if (SINGLE.contains(name)) {
                valid.add(name, valid(inner, depth + 1));
            } else if (name.equals("additionalProperties")) {
                valid.add(name, inner instanceof JsonObject ? valid(inner, depth + 1) : inner);
            } else if (!inner.equals(JsonValue.NULL) && !(name.equals("enum") && isEmpty(inner))) {
                valid.add(name, inner);
            }
        });
        JsonObject built = valid.build();
        String type = Json.text(built, "type");
        JsonObjectBuilder typed = Json.builder(built);
        if (type.isEmpty() && !built.containsKey("type") && built.containsKey("properties")) {
            typed.add("type", "object");
        } else if (isArray(built.get("type")) && !built.containsKey("items") && !built.containsKey("prefixItems")) {
            typed.add("items", ANYTHING);
        } else if (type.equals("object")
                && depth > 0
                && !built.containsKey("properties")
                && !built.containsKey("additionalProperties")) {
            typed.add("properties", ANYTHING);
        }
        return typed.build();
    }

    private static boolean isArray(@Nullable JsonValue type) {
        return type != null && (type.toString().equals("\"array\"") || isOneOf(type, "\"array\""));
    }

    private static boolean isOneOf(JsonValue types, String type) {
        return types instanceof JsonArray && types.toString().contains(type);
    }

    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonArray array && array.isEmpty();
    }

    private static JsonObjectBuilder named(JsonValue value, int depth) {
        JsonObjectBuilder named = Json.builder();
        if (value instanceof JsonObject schemas) {
            schemas.forEach((name, schema) -> named.add(name, valid(schema, depth + 1)));
        }
        return named;
    }

    private static JsonArrayBuilder all(JsonArray schemas, int depth) {
        JsonArrayBuilder all = Json.arrayBuilder();
        schemas.forEach(schema -> all.add(valid(schema, depth + 1)));
        return all;
    }
}
