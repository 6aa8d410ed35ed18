package app.patter.tool.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Speaks with a command over its standard input and output (MCP specification, "Transports", "stdio"). The SDK's own
 * transport ends at the first line that is no message, reads in the charset of the machine, and leaves calls waiting when
 * the command ends.
 */
final class CommandTransport implements McpClientTransport {

    private static final Logger LOG = System.getLogger(CommandTransport.class.getName());

    /** How long a command may take to end by itself. */
    private static final long GRACE_SECONDS = 2;

    /** Most characters of a line that is no message which are logged. */
    private static final int EXCERPT = 200;

    static final String ENDED = "The command has ended.";

    /** What nearly every message begins with. */
    private static final String MESSAGE = "{\"jsonrpc\"";

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final McpJsonMapper json;
    private final int longest;
    private final Scheduler writes = Schedulers.newSingle("patter-tool-writes", true);

    /** Ids of the requests that have no response yet. */
    private final Set<Object> pending = ConcurrentHashMap.newKeySet();

    private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;
    private volatile @Nullable Process process;
    private volatile boolean over;

    /** Why it was not started; only the thread that writes touches this. */
    private @Nullable IOException failure;

    private volatile boolean heard;

    /** Only the thread that reads touches this. */
    private boolean noisy;

    /** The command could not be started. */
    static final class NotStartedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotStartedException(IOException cause) {
            super(cause);
        }
    }

    /** The command has ended. */
    static final class EndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Whether it had said anything before. */
        final boolean spoke;

        EndedException(boolean spoke) {
            super(ENDED);
            this.spoke = spoke;
        }
    }

    /**
     * A command that does not run yet.
     *
     * @param name        for the log
     * @param environment all that the command knows of its surroundings
     * @param longest     most characters of a message
     */
    CommandTransport(
            String name, List<String> command, Map<String, String> environment, McpJsonMapper json, int longest) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.json = json;
        this.longest = longest;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> received) {
        return Mono.<Void>fromRunnable(() -> start(received))
                .subscribeOn(writes); // the SDK sends without waiting for it
    }

    private void start(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> received) {
        handler = received;
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD); // may hold anything; the server has its own log
        Process started;
        try {
            started = builder.start();
        } catch (IOException e) {
            failure = e; // the SDK does not hear of what happens here, but of what becomes of its first message
            return;
        }
        process = started;
        Thread reader = new Thread(() -> read(started), "patter-tool-" + name);
        reader.setDaemon(true);
        reader.start();
        if (over) { // closed meanwhile
            end();
        }
    }

    private void read(Process started) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = line(lines); line != null; line = line(lines)) {
                if (!line.isBlank()) {
                    take(line);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Tool server {0} cannot be read any more: {1}", name, e.getClass());
        } finally {
            end();
            pending.forEach(this::failed);
        }
    }

    /** The next line, or null after the last. */
    private @Nullable String line(BufferedReader from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() == longest) {
                LOG.log(Level.WARNING, "Tool server {0} sends more at once than {1} characters.", name, longest);
                throw new IOException("too long");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private void take(String line) {
        JSONRPCMessage message = message(line.strip());
        int start = line.indexOf(MESSAGE);
        if (message == null && start > 0) { // after something without a line end, as a byte-order mark
            message = message(line.substring(start));
        }
        if (message == null) {
            noise(line);
            return;
        }
        heard = true;
        if (message instanceof JSONRPCResponse response && response.id() != null) {
            pending.remove(response.id());
        }
        receive(message);
    }

    private @Nullable JSONRPCMessage message(String line) {
        try {
            return McpSchema.deserializeJsonRpcMessage(json, line);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** What it says before its first message is about its start; later lines may hold what people have said. */
    private void noise(String line) {
        if (!noisy) {
            noisy = true;
            String excerpt = line.strip().replaceAll("\\p{Cntrl}+", " ");
            LOG.log(
                    Level.WARNING,
                    "Tool server {0} writes lines to its standard output that are no messages; they are ignored.{1}",
                    name,
                    heard ? "" : " The first: " + excerpt.substring(0, Math.min(EXCERPT, excerpt.length())));
        }
    }

    private void receive(JSONRPCMessage message) {
        handler.apply(Mono.just(message)).subscribe(handled -> {}, thrown -> {});
    }

    private void failed(Object id) {
        if (pending.remove(id)) {
            receive(new JSONRPCResponse(
                    McpSchema.JSONRPC_VERSION,
                    id,
                    null,
                    new JSONRPCResponse.JSONRPCError(
                            McpSchema.ErrorCodes.INTERNAL_ERROR,
                            ENDED + " Whether the call had an effect is not known.",
                            null)));
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.<Void>fromRunnable(() -> write(message)).subscribeOn(writes);
    }

    private void write(JSONRPCMessage message) {
        Process running = process;
        if (failure != null) {
            throw new NotStartedException(failure);
        }
        if (running == null || over) {
            throw new EndedException(heard);
        }
        if (message instanceof JSONRPCRequest request) {
            pending.add(request.id());
        }
        String line;
        try {
            line = json.writeValueAsString(message).replaceAll("[\\r\\n]+", " ") + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            OutputStream to = running.getOutputStream();
            to.write(line.getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            throw new EndedException(heard);
        }
        if (over && message instanceof JSONRPCRequest request) {
            failed(request.id());
        }
    }

    /** Ends the command with all that it has started. */
    private void end() {
        over = true;
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> all.forEach(ProcessHandle::destroyForcibly));
        writes.dispose();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.<Void>fromRunnable(this::end).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
