package app.patter.provider.dialect;

import app.patter.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads a provider's list of models. Pure. */
public final class ModelList {

    private ModelList() {}

    /**
     * The names in an object such as {@code {"data":[{"id":"…"},…]}}.
     *
     * @param array name of the array
     * @param name what an element calls its model's name
     * @throws IllegalStateException if there is no such array, or something else in it
     */
    public static List<String> read(String list, String array, String name) {
        return read(list, array, name, model -> true);
    }

    /** The same for the elements that fulfil a condition. */
    static List<String> read(String list, String array, String name, Predicate<JsonObject> wanted) {
        JsonValue found = Json.object(list).map(object -> object.get(array)).orElse(null);
        if (!(found instanceof JsonArray models)) {
            throw new IllegalStateException("no list of models");
        }
        List<String> names = new ArrayList<>();
        for (JsonValue model : models) {
            if (!(model instanceof JsonObject object)
                    || !(object.get(name) instanceof JsonString text)
                    || text.getString().isBlank()) {
                throw new IllegalStateException("no list of models");
            }
            if (wanted.test(object)) {
                names.add(text.getString());
            }
        }
        return List.copyOf(names);
    }
}
