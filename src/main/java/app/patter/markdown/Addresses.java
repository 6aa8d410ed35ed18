package app.patter.markdown;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be followed: absolute http and https, and mail. A relative one would mean a page of this
 * application, which no model knows; every other scheme may run something.
 */
final class Addresses {

    /** In the place of an address that is still arriving: a character that means nothing, by Unicode's promise. */
    static final String ARRIVING = "\uFDD0";

    private static final Pattern ALLOWED =
            Pattern.compile("(?:https?://|mailto:)[^\\x00-\\x20\\x7f]+", Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    /** The address as it may stand in an {@code href}, not yet escaped; null if it must not be followed. */
    static @Nullable String allowed(String destination) {
        String address = destination.replace(" ", "%20");
        return ALLOWED.matcher(address).matches() ? address : null;
    }
}
