package app.patter.tool;

import app.patter.admin.FieldChecks;
import app.patter.admin.ServerFields;
import app.patter.admin.ServerForm;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What an administrator says about a server of tools, checked. */
record ToolServerForm(ServerFields server, ToolServer.Kind kind, Permission permission) implements ServerForm {

    private static final int ADDRESS = 2_000;
    private static final int SECRET = 4_000;

    private static final Pattern VARIABLES = Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*=.*(?:\n|$))*");

    /**
     * Reads the form that was posted.
     *
     * @param commands whether commands may be run
     * @throws FormException if it cannot be taken
     */
    static ToolServerForm of(FormData form, boolean commands) {
        boolean command = form.text("kind").equals(ToolServer.Kind.COMMAND.name());
        if (command && !commands) {
            throw new FormException(ToolText.NO_COMMANDS.with());
        }
        ServerFields server = command
                ? ServerFields.of(form, ToolServerFormKind.SECRET, ToolServerForm::command, ToolServerForm::variables)
                : ServerFields.of(form, ToolServerFormKind.SECRET, ToolServerForm::web, ToolServerForm::key);
        return new ToolServerForm(
                server, command ? ToolServer.Kind.COMMAND : ToolServer.Kind.HTTP, permission(form.text("permission")));
    }

    /** @throws FormException if it is none */
    static Permission permission(String name) {
        for (Permission permission : Permission.values()) {
            if (permission.name().equalsIgnoreCase(name)) {
                return permission;
            }
        }
        throw new FormException(ToolText.PERMISSION.with());
    }

    private static String web(String address) {
        return FieldChecks.webAddress(address, ADDRESS, "https://tools.example.com/mcp", URI::new);
    }

    private static String key(String key) {
        return FieldChecks.key(key, SECRET);
    }

    private static String command(String line) {
        if (ToolServer.words(line).isEmpty() || line.length() > ADDRESS) {
            throw new FormException(ToolText.COMMAND.with());
        }
        return line;
    }

    private static String variables(String lines) {
        if (lines.getBytes(StandardCharsets.UTF_8).length > SECRET
                || !VARIABLES.matcher(lines).matches()) {
            throw new FormException(ToolText.VARIABLES.with(SECRET));
        }
        return lines;
    }
}
