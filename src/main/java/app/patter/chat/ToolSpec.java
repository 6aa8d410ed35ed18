package app.patter.chat;

import app.patter.json.Json;

/**
 * A tool that the model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}, at most 64: what all providers take
 * @param description what it does and when to use it, for the model
 * @param schema JSON schema of its arguments: an object, in JSON
 */
public record ToolSpec(String name, String description, String schema) {

    /** Refuses a schema that is no JSON object, with an {@link IllegalArgumentException}. */
    public ToolSpec {
        if (Json.object(schema).isEmpty()) {
            throw new IllegalArgumentException("the schema of the tool " + name + " is no JSON object");
        }
    }
}
