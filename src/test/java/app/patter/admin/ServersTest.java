package app.patter.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.text.Messages;
import app.patter.web.FormException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServersTest {

    private static final String ADDRESS = "https://example.com/a";

    private final Webhooks hooks = new Webhooks();
    private final Servers<Webhook, WebhookForm> servers = hooks.servers;

    private static WebhookForm form(String name, String address, String secret, boolean without) {
        return new WebhookForm(new ServerFields(name, address, secret, without, false), "done");
    }

    private Webhook added(String name) {
        servers.add(form(name, ADDRESS, "t0ken", false));
        return servers.all().get(servers.all().size() - 1);
    }

    private static String refused(Runnable change) {
        return assertThrows(FormException.class, change::run).message();
    }

    @Test
    void whatWasAddedHasItsOwnFieldsASlugAndASealedSecret() {
        Webhook row = added("My hook");
        assertEquals("My hook", row.name());
        assertEquals("my-hook", row.slug());
        assertEquals(ADDRESS, row.address());
        assertEquals("done", row.event());
        assertNotEquals("t0ken", row.secret());
        assertEquals("t0ken", servers.secret(row).text());
        assertEquals(List.of(row), servers.all());
        assertEquals(row, servers.server(row.id()).orElseThrow());
    }

    @Test
    void namesAreUniqueAndSlugsToo() {
        Webhook first = added("Hook");
        String twin = refused(() -> servers.add(form("Hook", ADDRESS, "", false)));
        assertEquals("There is a server with this name already. Choose another.", twin);
        Webhook second = added("hook");
        assertEquals("hook-2", second.slug());
        assertEquals(twin, refused(() -> servers.change(second.id(), form("Hook", ADDRESS, "", false))));
        servers.change(first.id(), form("Hook", ADDRESS, "", false));
    }

    @Test
    void thereAreNotMoreThanItsKindAllows() {
        added("a");
        added("b");
        added("c");
        assertEquals(
                "There are 3 servers already. Remove one first.",
                refused(() -> servers.add(form("d", ADDRESS, "", false))));
    }

    @Test
    void anEmptySecretKeepsTheStoredOne() {
        Webhook row = added("a");
        servers.change(row.id(), form("b", ADDRESS, "", false));
        assertEquals("b", row.name());
        assertEquals("a", row.slug());
        assertEquals("t0ken", servers.secret(row).text());
    }

    @Test
    void theStoredSecretIsForItsAddressOnly() {
        Webhook row = added("a");
        String other = "https://example.com/b";
        assertEquals(ADDRESS, refused(() -> servers.change(row.id(), form("a", other, "", false))));
        assertEquals(ADDRESS, row.address());
        servers.change(row.id(), form("a", other, "another", false));
        assertEquals("another", servers.secret(row).text());
        servers.change(row.id(), form("a", ADDRESS, "", true));
        assertFalse(row.hasSecret());
        assertEquals(new Servers.Secret(null, null), servers.secret(row));
    }

    @Test
    void aSecretThatCannotBeReadSaysWhy() {
        Webhook row = added("a");
        Webhook moved = new Webhook();
        moved.begin(UUID.randomUUID(), "b", row.created());
        moved.change(new ServerFields("b", ADDRESS, "", false, false), row.secret());
        Servers.Secret secret = servers.secret(moved);
        assertEquals(null, secret.text());
        String trouble = Messages.english().words(secret.trouble());
        assertTrue(trouble.contains("cannot be read"), trouble);
    }

    @Test
    void whatIsGoneCannotBeChangedButRemovedAgain() {
        Webhook row = added("a");
        servers.remove(row.id());
        assertEquals(List.of(), servers.all());
        servers.remove(row.id());
        assertEquals(
                "This server was removed meanwhile.",
                refused(() -> servers.change(row.id(), form("a", ADDRESS, "", false))));
    }

    @Test
    void everyChangeIsAnnounced() {
        Webhook row = added("a");
        servers.change(row.id(), form("b", ADDRESS, "", false));
        servers.remove(row.id());
        assertEquals(3, hooks.revision());
    }

    @Test
    void noTextHoldsASecret() {
        Webhook row = added("a");
        assertFalse(form("a", ADDRESS, "t0ken", false).toString().contains("t0ken"));
        assertFalse(servers.secret(row).toString().contains("t0ken"));
    }
}
