package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Calling;
import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server starts on a database that an earlier Patter wrote: it holds ada's account, a conversation of two questions and
 * two answers, and one whose last answer waits for permission to call a tool. That all versions come to this one's tables,
 * or stay as they are, is tested without a server, in {@code UpgradeTest} and {@code SchemaIT}.
 */
class UpgradeIT {

    private static final UUID CONVERSATION = UUID.fromString("7b0f6c1e-93d5-4c5e-8c0c-2f8c6f0c4d11");
    private static final UUID TOOLS = UUID.fromString("2c9a4f0e-6d0b-4b0e-9a55-7f4d1c3e8b42");

    /** What stands behind Patter. */
    enum Engine {
        H2,
        POSTGRESQL
    }

    /** An old database, ready for a Patter to start on. */
    private record Old(Map<String, String> settings, Path data, Supplier<Database> open, Postgres postgres)
            implements AutoCloseable {

        static Old of(Engine engine, int version, Path folder) throws IOException {
            Path data = folder.resolve("data");
            if (engine == Engine.H2) {
                OldDatabases.put(version, data);
                return new Old(Map.of(), data, () -> Database.ofFile(data), null);
            }
            Postgres postgres = Postgres.start();
            try (Database database = postgres.database()) {
                database.change(OldDatabases.sql(version));
            }
            return new Old(postgres.settings(), data, postgres::database, postgres);
        }

        /** Changes it as only an accident could. */
        void harm(String sql) {
            String url = "jdbc:h2:file:" + data.resolve("patter") + ";DB_CLOSE_DELAY=0";
            try (Database database = postgres == null ? Database.at(url, "", "") : postgres.database()) {
                database.change(sql);
            }
        }

        @Override
        public void close() {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static Map<String, String> texts(Old old, UUID conversation) {
        try (Database database = old.open().get()) {
            return database.texts(conversation);
        }
    }

    private static long version(Old old) {
        try (Database database = old.open().get()) {
            return database.number("select max(cast(\"version\" as integer)) from \"flyway_schema_history\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDataOfAnEarlierPatterAreThere(Engine engine, @TempDir Path folder) throws IOException {
        try (Old old = Old.of(engine, OldDatabases.NEWEST, folder);
                LoopbackModel model = LoopbackModel.start()) {
            model.models(answer -> answer.status(200, "{\"data\":[{\"id\":\"calling\"}]}"));
            model.script("calling", new Calling().says("It is 1024."));
            Map<String, String> settings = new HashMap<>(old.settings());
            settings.put("PATTER_MODEL_URL", model.base().toString());
            Map<String, String> before = texts(old, CONVERSATION);
            assertTrue(before.get("r1-0").startsWith("Grüße 👩‍🚀"), before.toString());
            Map<String, String> called = texts(old, TOOLS);
            try (PatterServer server = PatterServer.start(folder, settings)) {
                Person ada = Person.known(server.address(), "ada");
                conversationIsThereAndGoesOn(new Talk(ada, CONVERSATION));
                callsAreThereAndGoOn(new Talk(ada, TOOLS));
                assertTrue(ada.get("/models").expect(200).html().text().contains("Old server"));
                assertEquals(
                        1,
                        ada.get("/tools")
                                .html()
                                .select("section[aria-label=Web]")
                                .size());
            }
            Map<String, String> after = texts(old, CONVERSATION);
            before.forEach((run, text) -> assertEquals(text, after.get(run), run));
            Map<String, String> calledAfter = texts(old, TOOLS);
            called.forEach((run, text) -> assertEquals(text, calledAfter.get(run), run));
            assertTrue(version(old) > OldDatabases.NEWEST);
        }
    }

    private static void conversationIsThereAndGoesOn(Talk talk) {
        assertEquals(List.of(1L, 2L, 3L, 4L), List.copyOf(talk.shown().states().keySet()));
        assertTrue(talk.page().text().contains("Grüße 👩‍🚀: how do tides work?"));
        talk.send("One more: how do tides work?", "demo/demo").expect(204);
        Until.holds(
                "the demo answers", () -> "done".equals(talk.shown().states().get(6L)));
    }

    private static void callsAreThereAndGoOn(Talk talk) {
        assertEquals(
                Map.of(1L, "done", 2L, "done", 3L, "done", 4L, "waiting"),
                talk.shown().states());
        assertEquals(List.of("done", "done", "decided", "waiting"), cards(talk));
        Element first = talk.page().select("article.message").get(1);
        assertEquals("42", first.expectFirst(".call .output").text());
        byte[] png = talk.person()
                .get(first.expectFirst(".call img").attr("src"))
                .expect(200)
                .raw()
                .body();
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(png, 4));
        talk.person()
                .post(
                        talk.path() + "/messages/" + talk.last() + "/calls",
                        Map.of("call", "yes", "decision", "once"),
                        "HX-Request",
                        "true")
                .expect(204);
        Until.holds(
                "the answer goes on", () -> "done".equals(talk.shown().states().get(4L)));
        assertEquals(List.of("done", "done", "refused", "done"), cards(talk));
        Element last = talk.page().select("article.message").last();
        assertEquals("1024", last.select(".call .output").last().text());
        assertTrue(last.text().contains("It is 1024."), last.text());
    }

    private static List<String> cards(Talk talk) {
        return talk.page().select(".call").eachAttr("data-status");
    }

    @Test
    void theDataOfANewerPatterAreLeftAlone(@TempDir Path folder) throws IOException {
        newerIsLeftAlone(Engine.H2, folder);
    }

    @Test
    @Tag("long")
    void theDataOfANewerPatterAreLeftAloneInPostgres(@TempDir Path folder) throws IOException {
        newerIsLeftAlone(Engine.POSTGRESQL, folder);
    }

    private static void newerIsLeftAlone(Engine engine, Path folder) throws IOException {
        try (Old old = Old.of(engine, 2, folder)) {
            old.harm("update \"flyway_schema_history\" set \"version\" = '999', \"installed_rank\" = 999"
                    + " where \"version\" = '2'");
            Refusal.of(
                    folder,
                    old.settings(),
                    Refusal.NEEDS_A_PERSON,
                    "newer Patter (its tables have version 999",
                    "Use that Patter again");
            assertEquals(999, version(old));
        }
    }
}
