package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.ToolEvent.Progress;
import app.patter.provider.LoopbackModel;
import app.patter.server.Everything;
import app.patter.tool.Permission;
import app.patter.tool.RecordingProxy;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.json.McpJsonMapper;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that nobody here wrote is sent, and what becomes of it, over HTTP and as a command. */
class McpServerIT {

    private static final String LONG = "trigger-long-running-operation";

    /** A call and what it is cancelled by have the same id. */
    private static final Pattern CALLED =
            Pattern.compile("\"method\":\"tools/call\",\"id\":\"([^\"]+)\",\"params\":\\{\"name\":\"" + LONG + "\"");

    private static final Pattern CANCELLED =
            Pattern.compile("\"method\":\"notifications/cancelled\".*?\"requestId\":\"([^\"]+)\"");

    private final McpJsonMapper json = McpJson.MAPPER;

    private McpServer server(ToolServer.Kind kind, String address) {
        ToolServer described =
                new ToolServer("everything", "Everything", kind, address, null, "", Permission.ALLOW, false);
        return new McpServer(
                described, () -> McpTransports.to(described, json, true, ""), json, Duration.ofSeconds(60));
    }

    private static ToolInvocation call(McpServer server, String tool, String arguments, List<Progress> progress) {
        return server.call(tool, Json.createReader(new StringReader(arguments)).readObject(), progress::add);
    }

    private static ToolAnswer answer(McpServer server, String tool, String arguments) throws Exception {
        return call(server, tool, arguments, new CopyOnWriteArrayList<>())
                .answer()
                .get(60, TimeUnit.SECONDS);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private interface Sent {
        String soFar() throws IOException;
    }

    /** Begins a long call, sees it work, cancels it, and waits until the server is told. */
    private static void cancels(McpServer server, Sent sent) throws Exception {
        List<Progress> progress = new CopyOnWriteArrayList<>();
        ToolInvocation invocation = call(server, LONG, "{\"duration\":60,\"steps\":600}", progress);
        LoopbackModel.await("it works", () -> progress.size() > 1);
        assertEquals(600.0, progress.get(0).total());
        assertEquals("", found(CANCELLED, sent.soFar()));
        invocation.cancel().run();
        assertTrue(invocation.answer().get(10, TimeUnit.SECONDS).failed());
        LoopbackModel.await("the server is told", () -> {
            try {
                return !found(CANCELLED, sent.soFar()).isEmpty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        String id = found(CALLED, sent.soFar());
        assertFalse(id.isEmpty(), sent.soFar());
        assertEquals(id, found(CANCELLED, sent.soFar()));
    }

    /** The first call after it went away fails, unless it is certain that it was not made; the next one works. */
    private static void isAskedAnew(McpServer server) throws Exception {
        try {
            assertEquals(
                    "Echo: two", answer(server, "echo", "{\"message\":\"two\"}").text());
        } catch (ExecutionException e) {
            assertTrue(e.getMessage().contains("It has lost this connection, as after its restart"), e.getMessage());
        }
        assertEquals(
                "Echo: three", answer(server, "echo", "{\"message\":\"three\"}").text());
    }

    private static int port(Everything everything) {
        return URI.create(everything.address()).getPort();
    }

    @Test
    void overHttpTheServerIsToldThatNobodyWaitsForACall() throws Exception {
        try (Everything everything = Everything.start();
                RecordingProxy proxy = new RecordingProxy(port(everything));
                McpServer server =
                        server(ToolServer.Kind.HTTP, proxy.address("/mcp").toString())) {
            cancels(server, proxy::sent);
        }
    }

    @Test
    void aServerThatWasRestartedIsAskedAnewAtTheNextCallAtTheLatest() throws Exception {
        try (Everything before = Everything.start();
                Everything after = Everything.start();
                RecordingProxy proxy = new RecordingProxy(port(before));
                McpServer server =
                        server(ToolServer.Kind.HTTP, proxy.address("/mcp").toString())) {
            assertEquals(
                    "Echo: one", answer(server, "echo", "{\"message\":\"one\"}").text());
            proxy.leadsTo(port(after));
            isAskedAnew(server);
        }
    }

    @Test
    void aCallThatFailsLeavesThoseBesideItAlone() throws Exception {
        try (Everything everything = Everything.start();
                McpServer server = server(ToolServer.Kind.HTTP, everything.address())) {
            List<Progress> progress = new CopyOnWriteArrayList<>();
            ToolInvocation other = call(server, LONG, "{\"duration\":2,\"steps\":20}", progress);
            LoopbackModel.await("it works", () -> !progress.isEmpty());
            assertTrue(answer(server, "no-such-tool", "{}").failed());
            ToolInvocation stopped = call(server, LONG, "{\"duration\":60,\"steps\":2}", new CopyOnWriteArrayList<>());
            stopped.cancel().run();
            ToolAnswer answer = other.answer().get(30, TimeUnit.SECONDS);
            assertFalse(answer.failed(), answer.text());
        }
    }

    @Test
    void asACommandItTellsProgressAndErrorsAndIsToldOfCancels(@TempDir Path folder) throws Exception {
        Path recorded = Files.createFile(folder.resolve("sent"));
        String command = "sh -c 'tee " + recorded + " | " + Everything.command() + "'";
        try (McpServer server = server(ToolServer.Kind.COMMAND, command)) {
            assertEquals(
                    "Echo: here",
                    answer(server, "echo", "{\"message\":\"here\"}").text());
            ToolAnswer wrong = answer(server, "get-sum", "{\"a\":\"many\"}");
            assertTrue(wrong.failed(), wrong.text());
            cancels(server, () -> Files.readString(recorded));
        }
    }

    @Test
    void aCommandThatDiedIsStartedAgain() throws Exception {
        List<Long> before = children();
        try (McpServer server = server(ToolServer.Kind.COMMAND, Everything.command())) {
            assertEquals(
                    "Echo: one", answer(server, "echo", "{\"message\":\"one\"}").text());
            List<Long> started = children();
            started.removeAll(before);
            assertEquals(1, started.size());
            ProcessHandle first = ProcessHandle.of(started.get(0)).orElseThrow();
            first.destroyForcibly();
            first.onExit().get(10, TimeUnit.SECONDS);
            isAskedAnew(server);
        }
    }

    private static List<Long> children() {
        return new java.util.ArrayList<>(
                ProcessHandle.current().children().map(ProcessHandle::pid).toList());
    }
}
