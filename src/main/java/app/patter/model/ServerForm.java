package app.patter.model;

import app.patter.config.BaseAddress;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * What an administrator says about a server, checked.
 *
 * @param address with a slash at its end
 * @param key empty to leave it as it is
 * @param withoutKey whether the stored key is to be forgotten
 */
record ServerForm(
        String name,
        String dialect,
        String address,
        String key,
        boolean withoutKey,
        boolean hidden,
        boolean chosenOnly) {

    private static final int NAME = 100;
    private static final int ADDRESS = 500;
    private static final int LONGEST_KEY = 2_000;

    /** What a header may carry (RFC 9110, section 5.5) without blanks. */
    private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

    /**
     * Reads the form that was posted.
     *
     * @throws FormException if it cannot be taken
     */
    static ServerForm of(FormData form) {
        return new ServerForm(
                name(form.text("name").strip()),
                dialect(form.text("dialect")),
                address(form.text("address").strip()),
                key(form.text("key").strip()),
                form.text("nokey").equals("yes"),
                form.text("hidden").equals("yes"),
                form.text("offers").equals("chosen"));
    }

    private static String name(String name) {
        if (name.isEmpty() || name.length() > NAME) {
            throw new FormException("Give the server a name of 1 to " + NAME + " characters.");
        }
        return name;
    }

    private static String dialect(String dialect) {
        if (!DialectLabels.all().keySet().contains(dialect)) {
            throw new FormException("Choose what the server speaks: "
                    + String.join(", ", DialectLabels.all().keySet()) + ".");
        }
        return dialect;
    }

    private static String address(String address) {
        if (address.length() > ADDRESS) {
            throw new FormException("The address may have at most " + ADDRESS + " characters.");
        }
        try {
            URI uri = BaseAddress.of(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new FormException("The address has to begin with http:// or https:// and a host, like"
                        + " https://api.openai.com/v1.");
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new FormException("The address may hold no user and no “#”. A key belongs into its own field.");
            }
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new FormException("This is no web address. Give one like https://api.openai.com/v1.");
        }
    }

    private static String key(String key) {
        if (key.length() > LONGEST_KEY || !SENDABLE.matcher(key).matches()) {
            throw new FormException("This is no key that can be sent: it may have at most " + LONGEST_KEY
                    + " characters, without blanks and accents. Copy it once more.");
        }
        return key;
    }

    /** Without the key, which must not get into a log. */
    @Override
    public String toString() {
        return "ServerForm[" + name + "]";
    }
}
