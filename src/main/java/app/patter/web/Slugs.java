package app.patter.web;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Makes names that need no care in addresses and in names of tools. Pure. */
public final class Slugs {

    private Slugs() {}

    /**
     * A name in lower-case letters, digits and hyphens, made different from all others by a number.
     *
     * @param most     characters without the number
     * @param otherwise for names without a letter of the Latin alphabet
     */
    public static String of(String name, int most, String otherwise, Set<String> taken) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String base = plain.isEmpty() ? otherwise : plain.substring(0, Math.min(plain.length(), most));
        String slug = base;
        for (int number = 2; taken.contains(slug); number++) {
            slug = base + "-" + number;
        }
        return slug;
    }
}
