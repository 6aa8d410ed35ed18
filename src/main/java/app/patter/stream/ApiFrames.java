package app.patter.stream;

import app.patter.api.ApiJson;
import app.patter.conversation.Access;
import app.patter.conversation.Changes;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import app.patter.conversation.Transcripts;
import app.patter.journal.Change;
import app.patter.journal.Completion;
import app.patter.journal.RecentChanges;
import app.patter.json.JsonFactories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a conversation, for programs: all branches, one JSON object for each step from one revision to another.
 * Text from memory follows what was sent before; text from the database says where in its run it begins, because it may
 * begin before the position.
 */
@ApplicationScoped
public class ApiFrames {

    @Inject
    private RecentChanges steps;

    @Inject
    private Transcripts transcripts;

    @Inject
    private CatchUpReader reads;

    /** What happens in a conversation, for one subscriber. */
    FrameSource of(Access access) {
        return new FrameSource() {
            @Override
            public Optional<Frame> cached(long position, long upTo) {
                return ApiFrames.this.cached(access.conversation(), position, upTo);
            }

            @Override
            public Optional<Frame> read(long position) {
                return ApiFrames.this.read(access, position);
            }

            @Override
            public boolean forPages() {
                return false;
            }
        };
    }

    private Optional<Frame> cached(UUID conversation, long position, long upTo) {
        return steps.between(conversation, position, upTo).map(known -> {
            JsonArrayBuilder events = JsonFactories.array();
            long since = 0;
            for (Change change : known) {
                change.parts().forEach(part -> append(part, events));
                since = Change.earlier(since, change.since());
            }
            return frame(upTo, events, since);
        });
    }

    private Optional<Frame> read(Access access, long position) {
        return reads.read(() -> transcripts.changes(access, position)).map(changes -> {
            JsonArrayBuilder events = JsonFactories.array();
            changes.messages().forEach(message -> append(message, changes, position, events));
            return frame(changes.revision(), events, 0);
        });
    }

    private static Frame frame(long revision, JsonArrayBuilder events, long since) {
        return new Frame(
                revision,
                JsonFactories.object()
                        .add("revision", revision)
                        .add("events", events)
                        .build()
                        .toString(),
                since);
    }

    private static void append(Change.Part part, JsonArrayBuilder events) {
        GenerationTicket message = part.message();
        for (Change.Growth growth : part.growths()) {
            if (!growth.text().isEmpty()) {
                events.add(text(message.message(), growth.run(), growth.kind()).add("text", growth.text()));
            }
        }
        if (part.state() != null) {
            events.add(state(message, part.state(), part.end()));
        }
    }

    private static JsonObjectBuilder state(GenerationTicket message, MessageState state, @Nullable Completion end) {
        JsonObjectBuilder event = state(message.message(), state, message.model());
        if (end != null) {
            ApiJson.end(event, end.error(), end.finish(), end.used());
        }
        return event;
    }

    private static void append(Message message, Changes changes, long position, JsonArrayBuilder events) {
        if (message.removed() != 0) {
            if (message.born() <= position) {
                events.add(event("deleted", message.id()));
            }
            return;
        }
        boolean begins = message.born() > position;
        if (begins) {
            events.add(JsonFactories.object().add("type", "start").addAll(ApiJson.head(message)));
        }
        // What comes back after a deletion comes with all it had.
        append(changes.rows().getOrDefault(message.id(), List.of()), begins ? 0 : position, events);
        if (message.revision() > position) {
            JsonObjectBuilder event = state(message.id(), message.state(), message.model());
            if (message.parent() != null) {
                event.add("parent", String.valueOf(message.parent()));
            }
            ApiJson.end(event, message.error(), message.finish(), message.used());
            events.add(event);
        }
    }

    private static JsonObjectBuilder state(UUID message, MessageState state, @Nullable String model) {
        JsonObjectBuilder event =
                event(state.ended() ? "end" : "state", message).add("state", ApiJson.word(state));
        return model == null ? event : event.add("model", model);
    }

    /** Rows that did not change since a position were sent before. */
    private static void append(List<SegmentRow> rows, long position, JsonArrayBuilder events) {
        for (int start = 0, end; start < rows.size(); start = end) {
            int offset = 0;
            StringBuilder text = new StringBuilder();
            for (end = start;
                    end < rows.size() && (end == start || rows.get(end).continues());
                    end++) {
                SegmentRow row = rows.get(end);
                if (row.revision() > position || !text.isEmpty()) {
                    text.append(row.text());
                } else {
                    offset += row.text().length();
                }
            }
            if (!text.isEmpty()) {
                SegmentRow first = rows.get(start);
                events.add(text(first.message(), first.ordinal(), first.kind())
                        .add("offset", offset)
                        .add("text", text.toString()));
            }
        }
    }

    private static JsonObjectBuilder text(UUID message, int run, SegmentKind kind) {
        String type =
                switch (kind) {
                    case REASONING -> "reasoning";
                    case TEXT -> "text";
                    case NOTICE -> "notice";
                    case TOOL_CALL, TOOL_RESULT -> "tool";
                };
        return event(type, message).add("run", run).add("tokenType", ApiJson.tokenType(kind));
    }

    private static JsonObjectBuilder event(String type, UUID message) {
        return JsonFactories.object().add("type", type).add("message", message.toString());
    }
}
