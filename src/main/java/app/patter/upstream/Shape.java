package app.patter.upstream;

import java.util.ArrayList;
import java.util.List;

/** How a value in JSON looks that a {@link Skimmer} takes, and at which place it is kept. Stateless. */
@FunctionalInterface
interface Shape {

    /** Moves past the value that comes next, or gives up. */
    void take(Skimmer json);

    static Shape text(int place) {
        return json -> json.takeText(place);
    }

    static Shape textOrNull(int place) {
        return json -> json.takeTextOrNull(place);
    }

    /** A whole number of a usual size. */
    static Shape number(int place) {
        return json -> json.takeNumber(place);
    }

    /** True or false, kept as 1 or 0. */
    static Shape truth(int place) {
        return json -> json.takeTruth(place);
    }

    /** These characters, and no other way to write the same. */
    static Shape exactly(String written) {
        return json -> json.literal(written);
    }

    static Shape nothing() {
        return exactly("null");
    }

    /** Whatever it is, none of it is kept. */
    static Shape anything() {
        return Skimmer::skip;
    }

    /** Whatever it is, it is too much. */
    static Shape never() {
        return Skimmer::giveUp;
    }

    /** An array with one element. */
    static Shape only(Shape element) {
        return json -> json.only(element);
    }

    /** An object in which those fields look like this that are not named. */
    static Fields object(Shape others) {
        return new Fields(others);
    }

    /** An object with some fields, in any order and each at most once. */
    final class Fields implements Shape {

        private final Shape others;
        private final List<String> names = new ArrayList<>();
        private final List<Shape> shapes = new ArrayList<>();
        private long needed;

        private Fields(Shape others) {
            this.others = others;
        }

        Fields needs(String name, Shape shape) {
            needed |= 1L << names.size();
            return may(name, shape);
        }

        Fields may(String name, Shape shape) {
            names.add(name);
            shapes.add(shape);
            return this;
        }

        @Override
        public void take(Skimmer json) {
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

        Shape shape(int field) {
            return field < 0 ? others : shapes.get(field);
        }
    }
}
