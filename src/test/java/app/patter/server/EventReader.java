package app.patter.server;

import app.patter.htmx.Swaps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * An open page: follows the conversation's events and swaps what they bring into its copy of the page, as htmx does.
 */
public final class EventReader implements AutoCloseable {

    /** A message event, and what the page showed after it. */
    public record Frame(long id, String data, Shown shown) {}

    /** An event with a name. */
    public record Notice(String name, String data) {}

    private static final Pattern FOLLOWS = Pattern.compile("<!--(\\d+)-->");

    private final Talk talk;
    private final Document page;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final List<String> misses = new CopyOnWriteArrayList<>();
    private final StringBuilder parts = new StringBuilder();
    private volatile long position;
    private volatile int beats;
    private volatile boolean received;
    private volatile InputStream stream;
    private volatile Thread thread;
    private volatile boolean persistent;
    private volatile boolean closed;
    private volatile boolean hurried;
    private volatile boolean slow;
    private volatile int status;

    EventReader(Talk talk, Document page) {
        this.talk = talk;
        this.page = page;
        this.position = Long.parseLong(page.getElementById("messages").attr("data-revision"));
    }

    /** Keeps no record of what the page showed at each frame, which takes long on a long page. */
    public EventReader withoutRecord() {
        hurried = true;
        return this;
    }

    /** Takes its time over each line, so that what is sent piles up. */
    public EventReader slowly() {
        slow = true;
        return this;
    }

    /** Takes one of the frames so far as if it came again, before one of which parts may have come. */
    synchronized void deliverAgain(int number) {
        Frame frame = frames.get(number);
        String begun = parts.toString();
        parts.setLength(0);
        take(Long.toString(frame.id()), null, frame.data());
        parts.append(begun);
    }

    /** Connects and returns when the answer has begun. */
    public EventReader connect() {
        return connect("Last-Event-ID");
    }

    /** Connects with the position in {@code Last-Event-ID} or in {@code after}. */
    public EventReader connect(String how) {
        boolean header = how.equals("Last-Event-ID");
        String events = page.expectFirst("#messages").attr("data-events"); // ends with ? or &
        String path = events + (header ? "" : "after=" + position);
        HttpRequest.Builder request = talk.person().request(path);
        if (header) {
            request.header("Last-Event-ID", Long.toString(position));
        }
        try {
            HttpResponse<InputStream> response = talk.person()
                    .http()
                    .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofInputStream());
            status = response.statusCode();
            if (status != 200) {
                throw new IOException("status " + status);
            }
            InputStream opened = response.body();
            stream = opened;
            Thread reading = new Thread(() -> read(opened), "event-reader");
            reading.setDaemon(true);
            thread = reading;
            reading.start();
            return this;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Connects again whenever the connection ends, as a browser does. */
    public EventReader persist() {
        persistent = true;
        return connect();
    }

    private void read(InputStream from) {
        synchronized (this) {
            parts.setLength(0);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
            String id = null;
            String name = null;
            StringBuilder data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (data != null && !data.isEmpty()) { // browsers do not deliver the others
                        take(id, name, data.toString());
                    }
                    name = null;
                    data = null;
                } else if (!line.startsWith(":")) {
                    int colon = line.indexOf(':');
                    String field = colon < 0 ? line : line.substring(0, colon);
                    String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
                    switch (field) {
                        case "id" -> id = value;
                        case "event" -> name = value;
                        case "data" -> {
                            data = data == null ? new StringBuilder() : data.append('\n');
                            data.append(value);
                        }
                        default -> {} // retry
                    }
                }
                received = true;
                if (slow) {
                    LockSupport.parkNanos(30_000_000);
                }
            }
        } catch (IOException e) {
            // the connection ended, which is what many tests want
        }
        if (persistent && !closed) {
            again();
        }
    }

    private void again() {
        for (int tries = 0; tries < 600 && !closed; tries++) {
            try {
                Thread.sleep(100);
                connect();
                return;
            } catch (java.io.UncheckedIOException e) {
                // not yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized void take(String id, String name, String data) {
        if ("beat".equals(name)) {
            beats++;
            return;
        }
        if ("part".equals(name)) {
            parts.append(data);
            return;
        }
        if (name != null && !name.equals("message")) {
            notices.add(new Notice(name, data));
            return;
        }
        String whole = parts.append(data).toString();
        parts.setLength(0);
        long revision = Long.parseLong(id);
        if (revision <= position) {
            return; // as the page's script does
        }
        if (follows(whole, revision) != position) {
            misses.add("what leads from " + position + " to " + revision);
        }
        apply(whole);
        position = revision;
        if (!hurried) {
            frames.add(new Frame(revision, whole, Shown.of(page)));
        }
    }

    private static long follows(String html, long revision) {
        Matcher told = FOLLOWS.matcher(html);
        return told.lookingAt() ? Long.parseLong(told.group(1)) : revision - 1;
    }

    private void apply(String html) {
        Swaps.apply(page, html, missing -> {
            if (!missing.startsWith("delete")) {
                misses.add(missing);
            }
        });
    }

    Talk talk() {
        return talk;
    }

    /** The revision that this reader has. */
    public long position() {
        return position;
    }

    public List<Frame> frames() {
        return frames;
    }

    public List<Notice> notices() {
        return notices;
    }

    /** Swaps that found no place; a browser would fetch the page again. */
    public List<String> misses() {
        return misses;
    }

    /** Heartbeats so far. */
    public int beats() {
        return beats;
    }

    /** Whether anything has arrived. */
    public boolean received() {
        return received;
    }

    /** What this reader's page shows now. */
    public synchronized Shown shown() {
        return Shown.of(page);
    }

    /** The text of the element with this id, such as the title. */
    public synchronized String text(String id) {
        return page.getElementById(id).text();
    }

    /** The texts of the elements that a selector finds. */
    public synchronized List<String> texts(String selector) {
        return page.select(selector).eachText();
    }

    /** Whether the connection is open, as far as this side knows. */
    public boolean connected() {
        Thread reading = thread;
        return reading != null && reading.isAlive();
    }

    /** Cuts the connection; {@link #connect} goes on from there. */
    public void disconnect() {
        InputStream open = stream;
        Thread reading = thread;
        try {
            if (open != null) {
                open.close();
            }
            if (reading != null) {
                reading.join(10_000);
            }
        } catch (IOException e) {
            // gone already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until an answer was written and is not any more. Looks at nothing else: the page may be megabytes long. */
    public EventReader awaitEnd(long sequence) {
        try {
            Until.holds("message " + sequence + " ends", () -> {
                String state = state(sequence);
                return !state.isEmpty() && !Shown.active(state);
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "message " + sequence + " is " + state(sequence) + " at revision " + position
                            + (connected() ? ", connected" : ", not connected") + ", missed " + misses,
                    e);
        }
        return this;
    }

    private synchronized String state(long sequence) {
        Element head = page.getElementById("h" + sequence);
        return head == null ? "" : head.attr("data-state");
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }
}
