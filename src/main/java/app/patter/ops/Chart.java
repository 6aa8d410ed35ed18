package app.patter.ops;

import java.util.Arrays;
import java.util.Locale;

/**
 * One quantity over the last hour as a template draws it, in a field of {@value #WIDTH} by {@value #HEIGHT}.
 *
 * @param now     the last value, for people
 * @param highest the highest value, for people
 * @param points  of the line, oldest first, as SVG wants them; empty when there are none
 */
public record Chart(String title, String unit, String now, String highest, String points) {

    public static final int WIDTH = 360;
    public static final int HEIGHT = 60;

    /**
     * Draws values that were taken at equal times.
     *
     * @param values oldest first, at most {@code places}; the last stands at the right end
     * @param places how many fit into the width
     */
    static Chart of(String title, String unit, double[] values, int places) {
        double highest = Arrays.stream(values).max().orElse(0);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            double x = WIDTH * (places - values.length + i + 1.0) / places;
            double y = highest == 0 ? HEIGHT : HEIGHT * (1 - values[i] / highest);
            points.append(String.format(Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x, y));
        }
        double now = values.length == 0 ? 0 : values[values.length - 1];
        return new Chart(title, unit, words(now), words(highest), points.toString());
    }

    /** Three digits that count, and no more. */
    private static String words(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
