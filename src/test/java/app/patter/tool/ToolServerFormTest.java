package app.patter.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.admin.ServerFields;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolServerFormTest {

    private static ToolServerForm read(boolean commands, String posted) {
        FormData form = new FormData();
        form.read(posted.getBytes(StandardCharsets.UTF_8));
        return new ToolServerFormKind(commands).read(form);
    }

    private static String refused(boolean commands, String posted) {
        return assertThrows(FormException.class, () -> read(commands, posted)).message();
    }

    @Test
    void aServerOnTheWebHasAKey() {
        assertEquals(
                new ToolServerForm(
                        new ServerFields("Mine", "https://host/mcp", "k", false, true),
                        ToolServer.Kind.HTTP,
                        Permission.ALLOW),
                read(false, "name=Mine&kind=HTTP&address=https://host/mcp&secret=k&hidden=yes&permission=ALLOW"));
    }

    @Test
    void aCommandHasAnEnvironment() {
        ToolServerForm form = read(true, "name=Mine&kind=COMMAND&address=npx+-y+x&secret=A=1%0AB=2&permission=ask");
        assertEquals(ToolServer.Kind.COMMAND, form.kind());
        assertEquals("npx -y x", form.server().address());
        assertEquals("A=1\nB=2", form.server().secret());
        assertEquals(Permission.ASK, form.permission());
    }

    @Test
    void whatCannotBeRunIsRefused() {
        String allowed = "name=Mine&kind=COMMAND&permission=ASK&address=";
        assertTrue(refused(false, allowed + "npx").contains("PATTER_TOOL_COMMANDS=on"));
        assertTrue(refused(true, allowed).contains("Give the command"));
        assertTrue(refused(true, allowed + "npx&secret=no+name").contains("lines like NAME=value"));
        assertTrue(refused(false, "name=Mine&address=http://h&permission=maybe").contains("allow, ask or off"));
    }

    @Test
    void aServerIsShownAsItWasChosen() {
        ToolServerKind kind = new ToolServerKind();
        StoredToolServer row = kind.create(List.of());
        kind.change(row, read(false, "name=Mine&address=http://h&permission=OFF"));
        assertEquals(Map.of("kind", "HTTP", "permission", "OFF"), new ToolServerFormKind(false).of(row));
        assertEquals("patter-2", kind.slug("Patter", Set.of()));
    }
}
