package app.patter.components;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A known flaw of a component.
 *
 * @param from  first version that has it
 * @param fixed first version that does not
 * @param borne why it does no harm here; empty if it does, or nobody knows
 */
record Flaw(String component, String from, String fixed, String what, String borne) {

    static List<Flaw> known() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Flaw.class.getResourceAsStream("/components/known-flaws.tsv")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(fields -> new Flaw(fields[0], fields[1], fields[2], fields[3], fields[4].strip()))
                    .toList();
        }
    }

    boolean isIn(String name, String version) {
        return component.equals(name) && compare(version, from) >= 0 && compare(version, fixed) < 0;
    }

    /** Versions by their numbers; what is no number does not count. */
    static int compare(String one, String other) {
        int[] left = numbers(one);
        int[] right = numbers(other);
        for (int at = 0; at < Math.max(left.length, right.length); at++) {
            int difference = Integer.compare(at < left.length ? left[at] : 0, at < right.length ? right[at] : 0);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("[.-]"))
                .takeWhile(part -> part.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
