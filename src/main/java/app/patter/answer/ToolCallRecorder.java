package app.patter.answer;

import app.patter.chat.ToolCall;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.journal.AnswerBuffer;
import app.patter.json.JsonObjectScanner;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the calls of one round into the answer buffer, each as a segment of its own, although their arguments may come interleaved: a
 * call waits until the one before it is whole. Providers may give calls of several rounds the same id; here each call of an
 * answer has one of its own. Not thread-safe.
 */
final class ToolCallRecorder {

    /** Characters of an id that the database takes, and some for a number. */
    private static final int LONGEST = 400;

    private final AnswerBuffer buffer;
    private final ToolEventWriter events;
    private final UnaryOperator<String> titles;

    /** Ids that the provider's stand for, and the other way round. */
    private final Map<String, String> ids = new HashMap<>();

    private final Map<String, String> given = new HashMap<>();
    private final Set<String> taken;
    private final Map<String, Writing> waiting = new LinkedHashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private @Nullable Writing current;

    /** A call as far as it has come. */
    private static final class Writing {
        private final String id;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();
        private final JsonObjectScanner end = new JsonObjectScanner();
        private boolean ready;

        Writing(String id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean isWhole() {
            return ready || end.reached();
        }
    }

    /**
     * @param titles what people call the tool with that name
     * @param taken  ids that calls of earlier rounds have
     */
    ToolCallRecorder(AnswerBuffer buffer, UnaryOperator<String> titles, Set<String> taken) {
        this.buffer = buffer;
        this.events = new ToolEventWriter(buffer);
        this.titles = titles;
        this.taken = taken;
    }

    /** The id in this answer of a call that its provider calls so. */
    String id(String provider) {
        return ids.computeIfAbsent(provider, this::free);
    }

    private String free(String provider) {
        String base = provider.length() <= LONGEST ? provider : provider.substring(0, LONGEST);
        String free = base;
        for (int number = 2; taken.contains(free) || given.containsKey(free); number++) {
            free = base + "~" + number;
        }
        given.put(free, provider);
        return free;
    }

    /** A call begins; here as in what follows with the provider's id. */
    void started(String provider, String name) {
        String id = id(provider);
        Writing call = new Writing(id, name);
        waiting.put(id, call);
        next();
    }

    void more(String provider, String json) {
        Writing call = find(id(provider));
        if (call == null) {
            return; // it was closed when text came; the whole call will say it all
        }
        call.arguments.append(json);
        call.end.feed(json);
        if (call == current) {
            buffer.append(SegmentKind.TOOL_CALL, json);
        }
        next();
    }

    /**
     * The call has come whole; where what was written of it is not that, it is written again.
     *
     * @return the call as it is known here
     */
    ToolCall ready(ToolCall provider) {
        ToolCall whole = new ToolCall(id(provider.id()), provider.name(), provider.arguments());
        Writing call = find(whole.id());
        if (call != null) {
            call.ready = true;
            next();
        }
        Writing known = find(whole.id());
        String told = known == null ? written.getOrDefault(whole.id(), "") : known.arguments.toString();
        boolean same = told.equals(whole.arguments())
                || (told.isEmpty() && whole.arguments().equals("{}"));
        if (!same) {
            close();
            write(whole.id(), whole.name(), whole.arguments());
            written.put(whole.id(), whole.arguments());
            waiting.remove(whole.id());
        }
        return whole;
    }

    /** Something else is written now, so that no call can go on. */
    void close() {
        while (current != null || !waiting.isEmpty()) {
            if (current != null) {
                current.ready = true;
            }
            next();
        }
    }

    private @Nullable Writing find(String id) {
        Writing now = current;
        return now != null && now.id.equals(id) ? now : waiting.get(id);
    }

    /** Begins the next call, if the one before it is whole. */
    private void next() {
        Writing now = current;
        boolean more = !waiting.isEmpty();
        if (now != null && (now.ready || (more && now.isWhole()))) {
            written.put(now.id, now.arguments.toString());
            current = null;
            now = null;
        }
        if (now == null && more) {
            Writing first = waiting.values().iterator().next();
            waiting.remove(first.id);
            current = first;
            write(first.id, first.name, first.arguments.toString());
            next();
        }
    }

    private void write(String id, String name, String arguments) {
        events.write(new ToolEvent.Called(id, given.getOrDefault(id, id), name, titles.apply(name), arguments));
    }
}
