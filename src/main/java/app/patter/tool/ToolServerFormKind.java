package app.patter.tool;

import app.patter.admin.SecretField;
import app.patter.admin.ServerFormKind;
import app.patter.web.FormData;
import java.util.Map;

/**
 * What is special about the form of tool servers. Pure.
 *
 * @param commands whether commands may be run
 */
record ToolServerFormKind(boolean commands) implements ServerFormKind<StoredToolServer, ToolServerForm> {

    static final SecretField SECRET = new SecretField("secret", ToolText.SECRET_LOST.with(), ToolText.SECRET_AGAIN);

    @Override
    public String path() {
        return "/tools";
    }

    @Override
    public String template() {
        return "toolserver";
    }

    @Override
    public SecretField secret() {
        return SECRET;
    }

    @Override
    public Map<String, String> empty() {
        return Map.of("kind", ToolServer.Kind.HTTP.name(), "permission", Permission.ASK.name());
    }

    @Override
    public Map<String, String> of(StoredToolServer row) {
        return Map.of("kind", row.kind().name(), "permission", row.permission().name());
    }

    @Override
    public Map<String, ?> choices() {
        return Map.of("commands", commands);
    }

    @Override
    public ToolServerForm read(FormData form) {
        return ToolServerForm.of(form, commands);
    }
}
