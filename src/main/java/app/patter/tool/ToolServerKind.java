package app.patter.tool;

import app.patter.admin.SecretField;
import app.patter.admin.ServerKind;
import app.patter.web.Slugs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is special about the rows of tool servers. Pure. */
final class ToolServerKind implements ServerKind<StoredToolServer, ToolServerForm> {

    private static final int SLUG = 20;

    @Override
    public int most() {
        return 50;
    }

    @Override
    public String slug(String name, Set<String> taken) {
        Set<String> all = new HashSet<>(taken);
        all.add(ToolRegistry.BUILT_IN);
        return Slugs.of(name, SLUG, "tools", all);
    }

    @Override
    public String secretContext(UUID id, String address) {
        return "tools " + id + " " + address;
    }

    @Override
    public SecretField secret() {
        return ToolServerFormKind.SECRET;
    }

    @Override
    public StoredToolServer create(List<StoredToolServer> others) {
        return new StoredToolServer();
    }

    @Override
    public void change(StoredToolServer row, ToolServerForm form) {
        row.change(form);
    }
}
