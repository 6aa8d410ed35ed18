package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a provider's list of models, of whatever shape; those that cannot chat are left out, as far as the list says it or
 * their names do. Pure.
 */
public final class ModelList {

    /** What the array is called, or the object that has a field for each model. */
    private static final List<String> ARRAYS = List.of("data", "models", "items", "result", "results", "list", "value");

    private static final List<String> NAMES = List.of("id", "name", "model", "model_name", "key", "slug");

    /** What providers call a sort of model that answers. */
    private static final Pattern CHATS =
            Pattern.compile("chat|language|llm|vlm|text|generat|completion|model|image-text-to-text");

    private static final Pattern NO_CHAT = Pattern.compile(
            "embed|rerank|moderation|transcri|speech|audio|^image$|text-to-image|video|classif|scor|ocr");

    private static final Pattern NO_CHAT_NAME = Pattern.compile(
            "(?:^|[-_/:. ])(?:\\w*embed(?:ding|dings|der)?s?|reranker?|whisper\\w*|tts|stt|asr|dall-e|moderation|bge|gte|e5"
                    + "|sdxl|stable-diffusion|transcribe|sora|veo|imagen|minilm|gpt-image|chatgpt-image)(?:[-_/:.@ ]|\\d|$)",
            Pattern.CASE_INSENSITIVE);

    private ModelList() {}

    /**
     * The names in a list such as {@code {"data":[{"id":"…"},…]}}.
     *
     * @param array name of the array, which is looked for first
     * @param name what an element calls its model's name, if it does so
     * @throws IllegalStateException if it names no model at all
     */
    public static List<String> read(String list, String array, String name) {
        return read(list, array, name, model -> true);
    }

    /** The same for the elements that fulfil a condition. */
    static List<String> read(String list, String array, String name, Predicate<JsonObject> wanted) {
        Optional<JsonObject> whole = Json.object(list);
        JsonValue found = whole.map(object -> models(object, array)).orElseGet(() -> Json.arrayOrEmpty(list));
        boolean empty = whole.isPresent()
                && JsonValue.EMPTY_JSON_ARRAY.equals(whole.get().get(array));
        List<String> names = new ArrayList<>();
        boolean any = false;
        for (JsonObject model : elements(found)) {
            String called = name(model, name);
            any |= !called.isBlank();
            if (!called.isBlank() && canChat(model, called) && wanted.test(model) && !names.contains(called)) {
                names.add(called);
            }
        }
        if (!any && !empty) {
            throw new IllegalStateException("no list of models");
        }
        return List.copyOf(names);
    }

    private static JsonValue models(JsonObject object, String array) {
        JsonValue first = object.get(array);
        if (first instanceof JsonArray) {
            return first;
        }
        for (String name : ARRAYS) {
            JsonValue value = object.get(name);
            if (value instanceof JsonArray) {
                return value;
            }
            if (value instanceof JsonObject inner) {
                JsonValue within = models(inner, array);
                return within.equals(JsonValue.NULL) ? inner : within;
            }
        }
        return JsonValue.NULL;
    }

    /** Models as objects, whatever they were: names alone, or fields of one object. */
    private static List<JsonObject> elements(JsonValue models) {
        List<JsonObject> elements = new ArrayList<>();
        if (models instanceof JsonArray array) {
            for (JsonValue value : array) {
                if (value instanceof JsonObject object) {
                    elements.add(object);
                } else if (value instanceof JsonString text) {
                    elements.add(Json.builder().add("id", text).build());
                }
            }
        } else if (models instanceof JsonObject object) {
            object.forEach((name, value) -> {
                if (value instanceof JsonObject model) {
                    elements.add(
                            name(model, "id").isBlank()
                                    ? Json.builder(model).add("id", name).build()
                                    : model);
                }
            });
        }
        return elements;
    }

    private static String name(JsonObject model, String usual) {
        String called = Json.text(model, usual);
        for (String other : NAMES) {
            called = called.isBlank() ? Json.text(model, other) : called;
        }
        return called;
    }

    private static boolean canChat(JsonObject model, String name) {
        JsonValue capabilities = model.get("capabilities");
        if (capabilities instanceof JsonObject abilities && abilities.containsKey("completion_chat")) {
            return Json.is(abilities, "completion_chat");
        }
        if (capabilities instanceof JsonArray abilities && !abilities.isEmpty()) {
            String all = abilities.toString();
            return CHATS.matcher(all).find() || !NO_CHAT.matcher(all).find();
        }
        for (String field : Set.of("type", "task", "model_type", "mode", "pipeline_tag")) {
            String sort = Json.text(model, field).toLowerCase(Locale.ROOT);
            if (NO_CHAT.matcher(sort).find()) {
                return false;
            }
        }
        JsonObject architecture = Json.object(model, "architecture");
        boolean speaks = !(architecture.get("output_modalities") instanceof JsonArray modes)
                || modes.isEmpty()
                || modes.toString().contains("\"text\"");
        boolean bert = Json.text(Json.object(model, "details"), "family").contains("bert");
        return speaks && !bert && !NO_CHAT_NAME.matcher(name).find();
    }
}
