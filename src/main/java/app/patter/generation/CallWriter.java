package app.patter.generation;

import app.patter.conversation.Kind;
import app.patter.conversation.ToolRun;
import app.patter.journal.Draft;
import app.patter.upstream.ToolCall;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the calls of one round into a draft, each as a run of its own, although their arguments may come interleaved: a
 * call waits until the one before it is whole. Not thread-safe.
 */
final class CallWriter {

    private final Draft draft;
    private final UnaryOperator<String> titles;
    private final Map<String, Writing> waiting = new LinkedHashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private @Nullable Writing current;

    /** A call as far as it has come. */
    private static final class Writing {
        private final String id;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();
        private final JsonEnd end = new JsonEnd();
        private boolean ready;

        Writing(String id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean isWhole() {
            return ready || end.reached();
        }
    }

    /** @param titles what people call the tool with that name */
    CallWriter(Draft draft, UnaryOperator<String> titles) {
        this.draft = draft;
        this.titles = titles;
    }

    void started(String id, String name) {
        Writing call = new Writing(id, name);
        waiting.put(id, call);
        next();
    }

    void more(String id, String json) {
        Writing call = find(id);
        if (call == null) {
            return; // it was closed when text came; the whole call will say it all
        }
        call.arguments.append(json);
        call.end.feed(json);
        if (call == current) {
            draft.append(Kind.TOOL_CALL, json);
        }
        next();
    }

    /** The call has come whole; where what was written of it is not that, it is written again. */
    void ready(ToolCall whole) {
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
            draft.begin(Kind.TOOL_CALL, head(whole.id(), whole.name()) + whole.arguments());
            written.put(whole.id(), whole.arguments());
            waiting.remove(whole.id());
        }
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
            draft.begin(Kind.TOOL_CALL, head(first.id, first.name) + first.arguments);
            next();
        }
    }

    private String head(String id, String name) {
        return ToolRun.call(id, name, titles.apply(name));
    }
}
