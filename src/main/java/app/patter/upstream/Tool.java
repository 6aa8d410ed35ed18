package app.patter.upstream;

/**
 * A tool that the model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}, at most 64: what all providers take
 * @param description what it does and when to use it, for the model
 * @param schema JSON schema of its arguments: an object, in JSON
 */
public record Tool(String name, String description, String schema) {

    /** Refuses a schema that is no JSON object, with an {@link IllegalArgumentException}. */
    public Tool {
        if (Json.object(schema).isEmpty()) {
            throw new IllegalArgumentException("the schema of the tool " + name + " is no JSON object");
        }
    }
}
