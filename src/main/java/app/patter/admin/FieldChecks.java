package app.patter.admin;

import app.patter.config.BaseAddress;
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
            throw new FormException(FormText.ADDRESS_LENGTH.with(most));
        }
        try {
            URI uri = parser.parse(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && BaseAddress.hasUnderscore(uri)) {
                throw new FormException(FormText.ADDRESS_UNDERSCORE.with());
            }
            if (!web || uri.getHost() == null) {
                throw new FormException(FormText.ADDRESS_START.with(example));
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new FormException(FormText.ADDRESS_PARTS.with());
            }
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new FormException(FormText.NO_ADDRESS.with(example));
        }
    }

    /**
     * A key that a header can carry.
     *
     * @param most characters
     */
    public static String key(String key, int most) {
        if (key.length() > most || !SENDABLE.matcher(key).matches()) {
            throw new FormException(FormText.KEY.with(most));
        }
        return key;
    }
}
