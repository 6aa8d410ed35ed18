package app.patter.provider;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A model server for tests, on loopback: speaks OpenAI's dialect over a raw socket, so that it can also break every
 * rule. The requested model's name chooses the {@linkplain Script script}; {@code GET /v1/models} lists the names.
 *
 * <p>Besides the listed ones there are names with numbers in them: {@code words-200-at-50} sends 200 tokens at 50 a
 * second, {@code unthrottled-5000} sends 5,000 as fast as they are read. The model {@code as-asked} plays the script whose
 * name stands in brackets in the prompt, such as {@code [cut]}, listed or not.
 */
public final class LoopbackModel implements Closeable {

    /** What happens after a request has been read. */
    @FunctionalInterface
    public interface Script {
        void play(Answer answer) throws IOException, InterruptedException;
    }

    /** A request as it arrived; names of headers are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {

        /** The model it asks for, or an empty text. */
        public String model() {
            Matcher model = MODEL.matcher(body);
            return model.find() ? model.group(1) : "";
        }

        /** The last name in brackets that the conversation holds, or an empty text. */
        String asked() {
            String asked = "";
            for (Matcher name = ASKED.matcher(body); name.find(); ) {
                asked = name.group(1);
            }
            return asked;
        }
    }

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern ASKED = Pattern.compile("\\[([a-z0-9-]+)]");
    private static final Pattern WORDS = Pattern.compile("words-(\\d+)-at-(\\d+)");
    private static final Pattern UNTHROTTLED = Pattern.compile("unthrottled-(\\d+)");

    private final ServerSocket server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Script> listed = new LinkedHashMap<>();
    private final Map<String, Script> paths = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Script models = this::listModels;

    /** Starts one on a free port. */
    public static LoopbackModel start() {
        return start(0);
    }

    /** Starts one on the given port. */
    public static LoopbackModel start(int port) {
        try {
            return new LoopbackModel(port);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private LoopbackModel(int port) throws IOException {
        server = new ServerSocket(port, 512, InetAddress.getByName("127.0.0.1"));
        standardScripts();
        scripts.putAll(listed);
        daemon("loopback-model", this::acceptAll);
    }

    /** Runs it until the process ends; the argument is the port, by default 11434. */
    public static void main(String[] arguments) throws InterruptedException {
        LoopbackModel model = start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 11434);
        System.out.println("Loopback model at " + model.base());
        model.listed.keySet().forEach(name -> System.out.println("  " + name));
        new CountDownLatch(1).await();
    }

    /** The address to give as PATTER_MODEL_URL. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + port() + "/v1/");
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Adds or replaces a script; it is not listed. */
    public LoopbackModel script(String model, Script script) {
        scripts.put(model, script);
        return this;
    }

    /** Plays a script for every request to a path, query included; for servers that speak another dialect. */
    public LoopbackModel path(String path, Script script) {
        paths.put(path, script);
        return this;
    }

    /** Plays the script of that name, for scripts made of others. */
    public void play(String model, Answer answer) throws IOException, InterruptedException {
        scriptNamed(model).play(answer);
    }

    /** Replaces what {@code GET /v1/models} answers. */
    public LoopbackModel models(Script script) {
        models = script;
        return this;
    }

    /** Everything asked so far, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Connections that neither side has closed, as far as this side has noticed. */
    public int openConnections() {
        return open.size();
    }

    /** Waits until {@code condition} holds; fails after minutes, for the machine may be busy. */
    public static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .pollInSameThread()
                .until(condition::getAsBoolean);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    // Scripts

    private void standardScripts() {
        listed.put("words-200-at-50", answer -> words(answer, 200, 50));
        listed.put("words-50-at-100", answer -> words(answer, 50, 100));
        listed.put("words-2000-at-200", answer -> words(answer, 2000, 200));
        listed.put("unthrottled-5000", answer -> words(answer, 5000, 0));
        listed.put("reasoning", answer -> {
            answer.stream();
            answer.event("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
            for (String token : List.of("First ", "I ", "think.\n", "Then ", "I ", "answer.")) {
                answer.reasoning(token);
                answer.pause(20);
            }
            answer.text("The ").text("answer.").finish("stop").done();
        });
        listed.put(
                "error-401", answer -> answer.status(401, ERROR.formatted("Incorrect API key provided: sk-abc…", 401)));
        listed.put("error-429", answer -> {
            String body = ERROR.formatted("Rate limit reached for requests", 429);
            answer.head(
                    "429 Too Many Requests", "application/json", "Retry-After: 7", "Content-Length: " + body.length());
            answer.raw(body);
        });
        listed.put("error-500", answer -> answer.status(500, ERROR.formatted("The engine exploded", 500)));
        listed.put("cut", answer -> {
            answer.stream().text("It ").text("was ").text("cut ").pause(50);
            answer.cut();
        });
        listed.put("reset", answer -> {
            answer.stream().text("It ").text("was ").text("reset ").pause(50);
            answer.reset();
        });
        listed.put("never-answer", Answer::untilClosed);
        listed.put("stall", answer -> {
            answer.stream().text("It ").text("stalls ");
            answer.untilClosed();
        });
        listed.put("garbage", answer -> answer.stream()
                .text("It ")
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"BR")
                .text("never shown")
                .finish("stop")
                .done());
        listed.put(
                "no-finish",
                answer -> answer.stream().text("No ").text("finish").end());
        listed.put(
                "no-done",
                answer ->
                        answer.stream().text("No ").text("done").finish("stop").end());
        listed.put("error-inside", answer -> answer.stream()
                .text("It ")
                .text("goes ")
                .event("{\"error\":{\"message\":\"upstream exploded\",\"type\":\"server_error\",\"code\":null}}")
                .done());
        listed.put("split-utf8", answer -> {
            answer.stream();
            for (byte b : (token("Grüße, 世界 ") + token("🌍!") + finishEvent("stop") + DONE)
                    .getBytes(StandardCharsets.UTF_8)) {
                answer.piece(new byte[] {b});
            }
            answer.end();
        });
        listed.put("blank-tokens", answer -> {
            answer.stream();
            for (String token : List.of("a", " ", "\n", "\n", "  ", "b", "\t", "\r\n", "c")) {
                answer.text(token);
            }
            answer.finish("stop").done();
        });
        listed.put("empty-tokens", answer -> {
            answer.stream();
            for (String token : List.of("", "a", "", "", "b", "")) {
                answer.text(token);
            }
            answer.finish("stop").done();
        });
        listed.put("as-asked", answer -> scriptNamed(answer.request().asked()).play(answer));
        listed.put("surrogates", answer -> answer.stream()
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"globe \\ud83c\"}}]}")
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\udf0d and half \\ud83d\"}}]}")
                .event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"}}]}")
                .finish("stop")
                .done());
    }

    private static void words(Answer answer, int count, int perSecond) throws IOException {
        long start = System.nanoTime();
        answer.stream();
        for (int i = 1; i <= count; i++) {
            if (perSecond > 0) {
                long due = start + (i - 1) * 1_000_000_000L / perSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
            }
            answer.text("word" + i + " ");
        }
        answer.finish("stop");
        answer.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":" + count + "}}");
        answer.done();
    }

    private static final String ERROR = "{\"error\":{\"message\":\"%s\",\"type\":\"test\",\"code\":%d}}";
    private static final String DONE = "data: [DONE]\n\n";

    private static String token(String text) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"loopback\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":" + quoted(text) + "},\"finish_reason\":null}]}\n\n";
    }

    private static String finishEvent(String reason) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }

    // Connections

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) { // while it waited here; the system still let this one in
                    socket.close();
                }
                daemon("loopback-connection", () -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean next = true;
            while (next) {
                Request request = read(in);
                requests.add(request);
                Answer answer = new Answer(request, socket, in);
                scriptFor(request).play(answer);
                next = answer.reusable;
            }
        } catch (IOException e) {
            // closed by either side
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no HTTP, perhaps TLS");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private Script scriptFor(Request request) {
        Script other = paths.get(request.path());
        if (other != null) {
            return other;
        }
        if (request.path().equals("/v1/models")) {
            return models;
        }
        if (!request.path().equals("/v1/chat/completions")) {
            return answer -> answer.status(404, "{\"detail\":\"Not Found\"}");
        }
        return scriptNamed(request.model());
    }

    private Script scriptNamed(String model) {
        Script script = scripts.get(model);
        if (script != null) {
            return script;
        }
        Matcher words = WORDS.matcher(model);
        if (words.matches()) {
            return answer -> words(answer, Integer.parseInt(words.group(1)), Integer.parseInt(words.group(2)));
        }
        Matcher unthrottled = UNTHROTTLED.matcher(model);
        if (unthrottled.matches()) {
            return answer -> words(answer, Integer.parseInt(unthrottled.group(1)), 0);
        }
        return answer -> answer.status(404, ERROR.formatted("The model does not exist", 404));
    }

    private void listModels(Answer answer) throws IOException {
        StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
        String separator = "";
        for (String name : listed.keySet()) {
            json.append(separator)
                    .append("{\"id\":\"")
                    .append(name)
                    .append("\",\"object\":\"model\",\"created\":1,\"owned_by\":\"loopback\"}");
            separator = ",";
        }
        answer.status(200, json.append("]}").toString());
    }

    /** The server's side of one request. Each method sends at once. */
    public static final class Answer {

        private final Request request;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean chunked;
        private boolean reusable;

        private Answer(Request request, Socket socket, InputStream in) throws IOException {
            this.request = request;
            this.socket = socket;
            this.in = in;
            this.out = socket.getOutputStream();
        }

        public Request request() {
            return request;
        }

        /** Sends the head of an event stream. */
        public Answer stream(String... headers) throws IOException {
            return chunked("text/event-stream; charset=utf-8", headers);
        }

        /** Sends the head of a stream of lines. */
        public Answer lines(String... headers) throws IOException {
            return chunked("application/x-ndjson", headers);
        }

        private Answer chunked(String type, String... headers) throws IOException {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Transfer-Encoding: chunked";
            head("200 OK", type, all);
            chunked = true;
            return this;
        }

        /** Sends a status line, the content type if there is one, and further headers. */
        public Answer head(String status, String contentType, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
            if (!contentType.isEmpty()) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return raw(head.append("\r\n").toString());
        }

        /** Sends a whole answer in JSON. */
        public Answer status(int status, String json) throws IOException {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            head(status + " Status", "application/json", "Content-Length: " + body.length);
            reusable = true;
            return raw(json);
        }

        /** Sends the text as it is, outside of all framing. */
        public Answer raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        /** Sends bytes of the body, in one HTTP chunk if the body is chunked. */
        public Answer piece(byte[] bytes) throws IOException {
            if (chunked) {
                ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
                chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                chunk.writeBytes(bytes);
                chunk.writeBytes(new byte[] {'\r', '\n'});
                out.write(chunk.toByteArray());
            } else {
                out.write(bytes);
            }
            out.flush();
            return this;
        }

        public Answer piece(String text) throws IOException {
            return piece(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends one event with the given data. */
        public Answer event(String data) throws IOException {
            return piece("data: " + data + "\n\n");
        }

        public Answer text(String token) throws IOException {
            return piece(token(token));
        }

        public Answer reasoning(String token) throws IOException {
            return event("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":" + quoted(token) + "}}]}");
        }

        public Answer finish(String reason) throws IOException {
            return piece(finishEvent(reason));
        }

        /** Sends {@code [DONE]} and ends the body. */
        public Answer done() throws IOException {
            return piece(DONE).end();
        }

        /** Ends the body as HTTP wants it. */
        public Answer end() throws IOException {
            if (chunked) {
                reusable = true;
                return raw("0\r\n\r\n");
            }
            return this;
        }

        public Answer pause(long millis) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            return this;
        }

        /** Waits until the test lets it go on. */
        public Answer await(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(3, TimeUnit.MINUTES)) {
                throw new AssertionError("the test never released the server");
            }
            return this;
        }

        /** Closes the connection without ending the body. */
        public void cut() throws IOException {
            socket.close();
        }

        /** Breaks the connection with a TCP reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends nothing until the client closes the connection. */
        public void untilClosed() throws IOException {
            while (in.read() >= 0) {
                // nothing more is expected from the client
            }
        }
    }
}
