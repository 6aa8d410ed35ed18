package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Origin;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelServersTest {

    private final ListingProvider fixed = new ListingProvider("fixed");
    private final ListingProvider added = new ListingProvider("added");

    private static ServerConfig config(String label, @Nullable String key) {
        return new ServerConfig("added", label, "ollama", URI.create("http://host/"), key, null, false, false);
    }

    private static List<String> ids(ModelServers servers) {
        return servers.all().stream().map(ModelServerClient::id).toList();
    }

    @Test
    void addedServersComeAfterTheConfiguredAndBeforeFoundOnes() {
        ModelServers configured = new ModelServers(true, List.of(fixed.client(Origin.SETTINGS)));
        configured.replaceAdded(List.of(added.client(config("A", null))));
        assertEquals(List.of("fixed", "added"), ids(configured));
        ModelServers found = new ModelServers(false, List.of(fixed.client(Origin.FOUND)));
        found.replaceAdded(List.of(added.client(config("A", null))));
        assertEquals(List.of("added", "fixed"), ids(found));
    }

    @Test
    void aModelIsFoundByWhatStandsBeforeItsFirstSlash() {
        ModelServers servers = new ModelServers(true, List.of(fixed.client(Origin.SETTINGS)));
        assertTrue(servers.find("fixed/a/b").isPresent());
        assertTrue(servers.find("fixed").isPresent());
        assertTrue(servers.find("other/a").isEmpty());
        assertTrue(servers.find("").isEmpty());
    }

    @Test
    void whatIsReachedAsBeforeNeedsNotBeAskedAgain() {
        ModelServers servers = new ModelServers(false, List.of());
        ModelServerClient first = added.client(config("A", null));
        assertEquals(List.of(first), servers.replaceAdded(List.of(first)));
        var unused = first.refresh();
        added.lists("m");
        assertEquals(List.of(), servers.replaceAdded(List.of(added.client(config("Renamed", null)))));
        assertEquals(List.of("m"), servers.all().get(0).models().names());
        ModelServerClient otherKey = added.client(config("Renamed", "key"));
        assertEquals(List.of(otherKey), servers.replaceAdded(List.of(otherKey)));
    }
}
