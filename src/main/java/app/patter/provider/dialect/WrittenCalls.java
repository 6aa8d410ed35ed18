package app.patter.provider.dialect;

import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tool calls that a model wrote into its text because its server has no parser for them. Pure.
 *
 * <p>Source: the chat templates of Hermes and Qwen ({@code {"name":…,"arguments":…}}), Qwen Coder ({@code
 * <function=…><parameter=…>}), GLM ({@code <arg_key>}), MiniMax and Claude ({@code <invoke name="…">}), Mistral ({@code
 * [TOOL_CALLS]}), Llama ({@code <|python_tag|>}), DeepSeek, Kimi and gpt-oss (a name, a mark, then JSON).
 */
final class WrittenCalls {

    /** A call with its arguments as an object in JSON. */
    record Written(String name, String arguments) {}

    private static final Pattern FUNCTION = Pattern.compile(
            "<(?:function=|invoke name=)\\s*[\"']?([\\w.-]+)[\"']?\\s*>(.*?)(?:</function>|</invoke>|$)",
            Pattern.DOTALL);
    private static final Pattern KEYED_NAME = Pattern.compile("<tool_call>\\s*([\\w.-]+)\\s*<arg_key>");

    /** The last word before an object, behind which there may be marks, a number, or the fence of a code block. */
    private static final Pattern NAME_BEFORE =
            Pattern.compile("(?:functions\\.)?([A-Za-z_][\\w-]*)(?::\\d+)?\\s*(?:<[|｜][^>]*>|\\[ARGS]|json|```|\\s)*$");

    private static final String VALUE = "<arg_value>";

    /** What stands around the name of a parameter: {@code =a}, {@code name="a"}, also with more behind it. */
    private static final Pattern KEY_MARKS = Pattern.compile("^\\s*(?:name)?\\s*=?\\s*[\"']?|[\"'\\s].*$");

    /** As much of what stands before an object as may name its function. */
    private static final int NAME_PART = 200;

    private static final Pattern RECIPIENT = Pattern.compile("to=(?:functions\\.)?([\\w-]+)");

    private final @Nullable List<ToolSpec> tools;

    /** @param tools those that the model was told of; null if nobody knows */
    WrittenCalls(@Nullable List<ToolSpec> tools) {
        this.tools = tools;
    }

    /** The calls in a text with its tags; empty if it is not made of calls of known tools alone. */
    List<Written> in(String tagged) {
        List<Written> found = new ArrayList<>();
        if (tagged.contains("<function=") || tagged.contains("<invoke name=")) {
            Matcher function = FUNCTION.matcher(tagged);
            while (function.find()) {
                found.add(new Written(function.group(1), parameters(function.group(1), function.group(2))));
            }
        } else if (tagged.contains("<arg_key>")) {
            Matcher name = KEYED_NAME.matcher(tagged);
            if (name.find()) {
                found.add(new Written(
                        name.group(1), pairs(name.group(1), tagged, "<arg_key>", "</arg_key>", "</arg_value>")));
            }
        } else {
            objects(tagged, found);
        }
        return found.stream().allMatch(call -> isKnown(call.name())) ? found : List.of();
    }

    private boolean isKnown(String name) {
        return !name.isEmpty() && (tools == null || spec(name) != null);
    }

    private @Nullable ToolSpec spec(String name) {
        return tools == null
                ? null
                : tools.stream()
                        .filter(tool -> tool.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private String parameters(String name, String inside) {
        String body = inside.strip();
        return body.startsWith("{") && Json.object(body).isPresent()
                ? body
                : pairs(name, inside, "<parameter", ">", "</parameter>");
    }

    /** Without regular expressions, which would begin again at each pair that has no end. */
    private String pairs(String name, String text, String open, String middle, String close) {
        JsonObjectBuilder arguments = Json.builder();
        int at = text.indexOf(open);
        while (at >= 0) {
            int value = text.indexOf(middle, at);
            int end = value < 0 ? -1 : text.indexOf(close, value);
            if (end < 0) {
                break;
            }
            String key =
                    KEY_MARKS.matcher(text.substring(at + open.length(), value)).replaceAll("");
            String written = text.substring(value + middle.length(), end).strip();
            String bare = written.startsWith(VALUE)
                    ? written.substring(VALUE.length()).strip()
                    : written;
            arguments.add(key, value(name, key, bare));
            at = text.indexOf(open, end);
        }
        return arguments.build().toString();
    }

    /** Values are written without quotation marks; the tool's schema says which of them are texts. */
    private JsonValue value(String name, String key, String written) {
        ToolSpec tool = spec(name);
        JsonObject schema = Json.object(
                Json.object(
                        tool == null ? JsonValue.EMPTY_JSON_OBJECT : Json.objectOrEmpty(tool.schema()), "properties"),
                key);
        JsonObject parsed = Json.objectOrEmpty("{\"value\":" + written + "}");
        JsonObject text = Json.builder().add("value", written).build();
        boolean wanted = Json.text(schema, "type").equals("string") && !(parsed.get("value") instanceof JsonString);
        return (parsed.isEmpty() || wanted ? text : parsed).getOrDefault("value", JsonValue.NULL);
    }

    private static void objects(String tagged, List<Written> found) {
        int behind = 0;
        for (JsonFragments.Fragment fragment : JsonFragments.of(tagged)) {
            Written call = call(fragment.object(), tagged.substring(behind, fragment.start()));
            if (call == null) {
                found.clear();
                return;
            }
            found.add(call);
            behind = fragment.end();
        }
    }

    private static @Nullable Written call(JsonObject object, String before) {
        JsonObject function = object.get("function") instanceof JsonObject inner ? inner : object;
        String name = Json.text(function, "name");
        if (name.isEmpty()) {
            name = Json.text(object, "function");
        }
        for (String key : List.of("arguments", "parameters", "args", "input")) {
            if (!name.isEmpty() && function.containsKey(key)) {
                String arguments = ToolCalls.arguments(function, key);
                return new Written(name, arguments.isEmpty() ? "{}" : arguments);
            }
        }
        String near = before.substring(Math.max(0, before.length() - NAME_PART));
        Matcher recipient = RECIPIENT.matcher(near);
        if (recipient.find()) {
            return new Written(recipient.group(1), object.toString());
        }
        Matcher named = NAME_BEFORE.matcher(near);
        if (name.isEmpty() && named.find() && !isTag(near, named.start())) {
            return new Written(named.group(1), object.toString());
        }
        return name.isEmpty() ? null : new Written(name, "{}");
    }

    /** Whether the word is a tag's own name. */
    private static boolean isTag(String text, int at) {
        return at > 0 && "<|/[:｜".indexOf(text.charAt(at - 1)) >= 0;
    }
}
