package app.patter.model;

import app.patter.provider.dialect.Dialects;
import app.patter.text.Messages;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the dialects are called on pages. */
final class DialectLabels {

    private DialectLabels() {}

    /** A dialect in words. */
    static String label(String dialect) {
        return Messages.english().text("dialect." + dialect);
    }

    /** All dialects that can be chosen, with their words. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        Dialects.ALL.forEach(dialect -> all.put(dialect.name(), label(dialect.name())));
        return all;
    }
}
