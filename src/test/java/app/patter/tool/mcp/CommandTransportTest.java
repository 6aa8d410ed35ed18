package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import app.patter.tool.Permission;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import app.patter.tool.ToolServer;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are scripts of a shell, whose ids of requests are found with sed. */
class CommandTransportTest {

    /** Answers every request; NOISE, CALLED and BEFORE are for the tests. */
    private static final String SCRIPT = """
            NOISE
            while IFS= read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/.*"id":"\\([^"]*\\)".*/"\\1"/p')
              case "$line" in
                *'"initialize"'*) result='{"protocolVersion":"2024-11-05","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}' ;;
                *'"tools/list"'*) result='{"tools":[{"name":"say","inputSchema":{"type":"object"}}]}' ;;
                *'"tools/call"'*) CALLED
                  result='{"content":[{"type":"text","text":"héllo 甲"}]}' ;;
                *) result='{}' ;;
              esac
              BEFORE
              [ -n "$id" ] && printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$result"
            done
            """;

    @TempDir
    Path folder;

    private String prefix = "";

    private McpServer server(String noise, String before, String called) throws IOException {
        Path script = Files.writeString(
                folder.resolve("server.sh"),
                SCRIPT.replace("NOISE", noise).replace("BEFORE", before).replace("CALLED", called));
        ToolServer described =
                new ToolServer("s", "S", ToolServer.Kind.COMMAND, "sh " + script, null, "", Permission.ALLOW, false);
        return new McpServer(
                described,
                () -> McpTransports.to(described, McpJson.MAPPER, true, prefix),
                McpJson.MAPPER,
                Duration.ofSeconds(60));
    }

    private static ToolInvocation call(McpServer server) {
        return server.call("say", JsonValue.EMPTY_JSON_OBJECT, progress -> {});
    }

    private static ToolAnswer answer(McpServer server) throws Exception {
        return call(server).answer().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo Server is starting",
                "echo",
                "printf '\\357\\273\\277'",
                "printf 'Loading... '",
                "echo '{\"level\":\"info\",\"text\":\"a log in JSON\"}'",
                "echo '{\"jsonrpc\":\"2.0\"}'",
                "echo '{\"broken\":'",
                "echo '[1,2]'",
                "echo '{\"jsonrpc\":\"2.0\",\"id\":\"nobody-asked\",\"result\":{}}'"
            })
    void linesThatAreNoMessagesAreIgnored(String noise) throws Exception {
        try (McpServer server = server(noise, noise, noise)) {
            server.refresh().get(30, TimeUnit.SECONDS);
            assertEquals("", server.listing().problem());
            assertEquals("héllo 甲", answer(server).text());
            assertEquals("héllo 甲", answer(server).text());
        }
    }

    @Test
    void aCallWhoseCommandEndsFailsAtOnceAndTheNextStartsItAgain() throws Exception {
        Path died = folder.resolve("died");
        try (McpServer server = server("", "", "if [ ! -e " + died + " ]; then touch " + died + "; exit 1; fi")) {
            server.refresh().get(30, TimeUnit.SECONDS);
            ToolAnswer first = answer(server);
            assertTrue(first.failed());
            assertTrue(first.text().contains("Whether the call had an effect is not known."), first.text());
            assertEquals("héllo 甲", answer(server).text());
        }
    }

    @Test
    void closingEndsWhatTheCommandHasStartedToo() throws Exception {
        Path child = folder.resolve("child");
        McpServer server = server("(trap '' TERM; sleep 600) & echo $! > " + child, "", "");
        server.refresh().get(30, TimeUnit.SECONDS);
        ProcessHandle started = ProcessHandle.of(
                        Long.parseLong(Files.readString(child).strip()))
                .orElseThrow();
        List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
        assertTrue(all.contains(started));
        server.close();
        LoopbackModel.await("all have ended", () -> !started.isAlive());
        assertFalse(started.isAlive());
    }

    @Test
    void whatAnOperatorPutsBeforeEveryCommandStartsIt() throws Exception {
        Path started = folder.resolve("started");
        prefix = "sh -c 'touch \"" + started + "\"; exec \"$@\"' sandbox";
        try (McpServer server = server("", "", "")) {
            server.refresh().get(30, TimeUnit.SECONDS);
            assertEquals("héllo 甲", answer(server).text());
            assertTrue(Files.exists(started));
        }
    }

    @Test
    void aCommandThatEndsAtOnceIsNotWaitedFor() throws Exception {
        try (McpServer server = server("exit 3", "", "")) {
            server.refresh().get(30, TimeUnit.SECONDS);
            assertTrue(server.listing().asked());
            assertTrue(
                    server.listing().problem().contains("ended before it answered"),
                    server.listing().problem());
        }
    }
}
