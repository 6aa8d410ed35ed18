package app.patter.admin;

import app.patter.web.FormException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Checks what administrators type; each throws a {@link FormException} that says what is wrong. Pure. */
public final class FieldChecks {

    /** What a header may carry (RFC 9110, section 5.5) without blanks. */
    private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

    private FieldChecks() {}

    /** Reads an address. */
    @FunctionalInterface
    public interface AddressParser {
        URI parse(String address) throws URISyntaxException;
    }

    /**
     * A web address.
     *
     * @param most characters
     * @param example of one that is right
     */
    public static String webAddress(String address, int most, String example, AddressParser parser) {
        if (address.length() > most) {
            throw new FormException("The address may have at most " + most + " characters.");
        }
        try {
            URI uri = parser.parse(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new FormException(
                        "The address has to begin with http:// or https:// and a host, like " + example + ".");
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new FormException("The address may hold no user and no “#”. A key belongs into its own field.");
            }
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new FormException("This is no web address. Give one like " + example + ".");
        }
    }

    /**
     * A key that a header can carry.
     *
     * @param most characters
     */
    public static String key(String key, int most) {
        if (key.length() > most || !SENDABLE.matcher(key).matches()) {
            throw new FormException("This is no key that can be sent: it may have at most " + most
                    + " characters, without blanks and accents. Copy it once more.");
        }
        return key;
    }
}
