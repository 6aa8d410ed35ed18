package app.patter.bench;

/** How much is measured: {@code -Dbench.scale=0.05} makes a quick run of everything, whose figures mean little. */
final class Sizes {

    static final double SCALE = Double.parseDouble(System.getProperty("bench.scale", "1"));

    private static final int LEAST = 4;

    private Sizes() {}

    /** That many of a full run. */
    static int of(int full) {
        return Math.max(LEAST, (int) Math.round(full * SCALE));
    }

    /** So many milliseconds of a full run, at least two seconds. */
    static int time(int full) {
        return Math.max(2_000, of(full));
    }
}
