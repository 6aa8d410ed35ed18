package app.patter.tool;

import app.patter.web.FormData;
import app.patter.web.FormException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What an administrator says about a server of tools, checked.
 *
 * @param secret  empty to leave it as it is
 * @param without whether the stored secret is to be forgotten
 */
record ToolServerForm(
        String name,
        ToolServer.Kind kind,
        String address,
        String secret,
        boolean without,
        Permission permission,
        boolean hidden) {

    private static final int NAME = 100;
    private static final int ADDRESS = 2_000;
    private static final int SECRET = 4_000;

    /** What a header may carry (RFC 9110, section 5.5) without blanks. */
    private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

    private static final Pattern VARIABLES = Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*=.*(?:\n|$))*");

    /**
     * Reads the form that was posted.
     *
     * @param commands whether commands may be run
     * @throws FormException if it cannot be taken
     */
    static ToolServerForm of(FormData form, boolean commands) {
        ToolServer.Kind kind = form.text("kind").equals("COMMAND") ? ToolServer.Kind.COMMAND : ToolServer.Kind.HTTP;
        if (kind == ToolServer.Kind.COMMAND && !commands) {
            throw new FormException(
                    "Commands are not run here. Who runs Patter can allow them with" + " PATTER_TOOL_COMMANDS=on.");
        }
        String address = form.text("address").strip();
        return new ToolServerForm(
                name(form.text("name").strip()),
                kind,
                kind == ToolServer.Kind.HTTP ? web(address) : command(address),
                kind == ToolServer.Kind.HTTP
                        ? key(form.text("secret").strip())
                        : variables(form.text("secret").strip()),
                form.text("nosecret").equals("yes"),
                permission(form.text("permission")),
                form.text("hidden").equals("yes"));
    }

    /** @throws FormException if it is none */
    static Permission permission(String name) {
        for (Permission permission : Permission.values()) {
            if (permission.name().equalsIgnoreCase(name)) {
                return permission;
            }
        }
        throw new FormException("Choose whether the tools may be called: allow, ask or off.");
    }

    private static String name(String name) {
        if (name.isEmpty() || name.length() > NAME) {
            throw new FormException("Give the server a name of 1 to " + NAME + " characters.");
        }
        return name;
    }

    private static String web(String address) {
        try {
            URI uri = new URI(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || address.length() > ADDRESS) {
                throw new FormException("The address has to begin with http:// or https:// and a host, like"
                        + " https://tools.example.com/mcp.");
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new FormException("The address may hold no user and no “#”. A key belongs into its own field.");
            }
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new FormException("This is no web address. Give one like https://tools.example.com/mcp.");
        }
    }

    private static String command(String line) {
        if (ToolServer.words(line).isEmpty() || line.length() > ADDRESS) {
            throw new FormException(
                    "Give the command with its arguments, like npx -y @modelcontextprotocol/server-everything.");
        }
        return line;
    }

    private static String key(String key) {
        if (key.length() > SECRET || !SENDABLE.matcher(key).matches()) {
            throw new FormException("This is no key that can be sent: it may have at most " + SECRET
                    + " characters, without blanks and accents. Copy it once more.");
        }
        return key;
    }

    private static String variables(String lines) {
        if (lines.getBytes(StandardCharsets.UTF_8).length > SECRET
                || !VARIABLES.matcher(lines).matches()) {
            throw new FormException(
                    "The environment has to be lines like NAME=value, at most " + SECRET + " bytes of them.");
        }
        return lines;
    }

    /** Without the secret, which must not get into a log. */
    @Override
    public String toString() {
        return "ToolServerForm[" + name + "]";
    }
}
