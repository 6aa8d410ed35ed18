package app.patter.tool.mcp;

import app.patter.net.EnvironmentProxy;
import app.patter.tool.ToolException;
import app.patter.tool.ToolServer;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the ways to servers of tools. */
public final class McpTransports {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST = 8_000_000;

    /** Of programs; all but the first are Windows'. */
    private static final List<String> ENDINGS = List.of("", ".exe", ".cmd", ".bat");

    /** What a command may know of Patter's own environment, which holds keys and passwords. */
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "PATHEXT");

    private McpTransports() {}

    /**
     * A way to that server.
     *
     * @param commands whether commands may be run
     * @param prefix   words that come before every command
     * @throws ToolException if it cannot be gone
     */
    public static CancellableTransport to(ToolServer server, McpJsonMapper json, boolean commands, String prefix) {
        if (!server.trouble().isEmpty()) {
            throw new ToolException(server.trouble());
        }
        return new CancellableTransport(
                switch (server.kind()) {
                    case HTTP -> http(server, json);
                    case COMMAND -> command(server, json, commands, prefix);
                });
    }

    private static McpClientTransport http(ToolServer server, McpJsonMapper json) {
        URI address = URI.create(server.address());
        String key = server.secret();
        String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        return HttpClientStreamableHttpTransport.builder(address.getScheme() + "://" + address.getRawAuthority())
                .endpoint(path.isEmpty() ? "/" : path)
                .jsonMapper(json)
                .maxResponseSize(LONGEST)
                .connectTimeout(CONNECT)
                .customizeClient(client -> {
                    client.proxy(new EnvironmentProxy());
                    client.followRedirects(HttpClient.Redirect.NEVER); // the key would go to where nobody sent it
                    if (address.getScheme().equals("http")) {
                        client.version(HttpClient.Version.HTTP_1_1);
                    }
                })
                .addHttpRequestCustomizer((request, method, uri, body, context) -> {
                    if (key != null) {
                        request.setHeader("Authorization", "Bearer " + key);
                    }
                })
                .build();
    }

    private static McpClientTransport command(
            ToolServer server, McpJsonMapper json, boolean commands, String prefixLine) {
        List<String> words = new ArrayList<>(ToolServer.words(prefixLine));
        int prefix = words.size();
        words.addAll(ToolServer.words(server.address()));
        if (!commands) {
            throw new ToolException("Commands are not run here: PATTER_TOOL_COMMANDS is off.");
        }
        if (words.size() == prefix) {
            throw new ToolException("There is no command.");
        }
        if (!canRun(words.get(0))) {
            throw new ToolException("The command cannot be started: its first word is no program that Patter's user may"
                    + " run. Give its whole path.");
        }
        return new CommandTransport(server.slug(), words, environment(server), json, LONGEST);
    }

    /** Asked before, to say what is wrong. */
    private static boolean canRun(String program) {
        if (program.contains("/") || program.contains(File.separator)) {
            return Files.isExecutable(Path.of(program));
        }
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> ENDINGS.stream().map(ending -> Path.of(folder, program + ending)))
                .anyMatch(Files::isExecutable);
    }

    private static Map<String, String> environment(ToolServer server) {
        Map<String, String> environment = new HashMap<>();
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        Objects.requireNonNullElse(server.secret(), "")
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> environment.put(parts[0].strip(), parts[1]));
        return environment;
    }
}
