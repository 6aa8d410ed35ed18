package app.patter.json;

import java.util.ArrayList;
import java.util.List;

/** How a value in JSON looks that a {@link JsonMatcher} takes, and at which place it is kept. Stateless. */
@FunctionalInterface
public interface JsonPattern {

    /** Moves past the value that comes next, or gives up. */
    void take(JsonMatcher json);

    static JsonPattern text(int place) {
        return json -> json.takeText(place);
    }

    static JsonPattern textOrNull(int place) {
        return json -> json.takeTextOrNull(place);
    }

    /** A whole number of a usual size. */
    static JsonPattern number(int place) {
        return json -> json.takeNumber(place);
    }

    /** True or false, kept as 1 or 0. */
    static JsonPattern truth(int place) {
        return json -> json.takeTruth(place);
    }

    /** These characters, and no other way to write the same. */
    static JsonPattern exactly(String written) {
        return json -> json.literal(written);
    }

    static JsonPattern nothing() {
        return exactly("null");
    }

    /** Whatever it is, none of it is kept. */
    static JsonPattern anything() {
        return JsonMatcher::skip;
    }

    /** Whatever it is, it is too much. */
    static JsonPattern never() {
        return JsonMatcher::giveUp;
    }

    /** An array with one element. */
    static JsonPattern only(JsonPattern element) {
        return json -> json.only(element);
    }

    /** An object; {@code others} is the pattern of the fields that are not listed. */
    static Fields object(JsonPattern others) {
        return new Fields(others);
    }

    /** An object with some fields, in any order and each at most once. */
    final class Fields implements JsonPattern {

        private final JsonPattern others;
        private final List<String> names = new ArrayList<>();
        private final List<JsonPattern> shapes = new ArrayList<>();
        private long needed;

        private Fields(JsonPattern others) {
            this.others = others;
        }

        public Fields needs(String name, JsonPattern shape) {
            needed |= 1L << names.size();
            return may(name, shape);
        }

        public Fields may(String name, JsonPattern shape) {
            names.add(name);
            shapes.add(shape);
            return this;
        }

        @Override
        public void take(JsonMatcher json) {
            json.object(this);
        }

        boolean areNamed() {
            return !names.isEmpty();
        }

        /** Whether there are those that are needed among some, a bit for each. */
        boolean areWhole(long seen) {
            return (seen & needed) == needed;
        }

        /** The number of the field whose name stands there; -1 if it is none of those that are named. */
        int find(String json, int from, int to) {
            for (int field = 0; field < names.size(); field++) {
                String name = names.get(field);
                if (name.length() == to - from && json.startsWith(name, from)) {
                    return field;
                }
            }
            return -1;
        }

        JsonPattern shape(int field) {
            return field < 0 ? others : shapes.get(field);
        }
    }
}
