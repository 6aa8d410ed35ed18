package app.patter.stream;

import app.patter.conversation.CatchUp;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import app.patter.journal.Change;
import app.patter.journal.Completion;
import app.patter.model.ModelRegistry;
import app.patter.page.DomIds;
import app.patter.page.MessageView;
import app.patter.page.MessageView.SegmentView;
import app.patter.page.ToolCallView;
import app.patter.web.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates' parts of a page as htmx's out-of-band swaps, each on one line. */
@ApplicationScoped
public class Fragments {

    /** Tells a page to fetch a fresh copy of itself. */
    static final String RELOAD = "<p id=\"reload\" hx-swap-oob=\"true\"></p>";

    @Inject
    private ModelRegistry models;

    @Inject
    private Templates pages;

    /** A run of text that begins. */
    String run(long number, Change.Growth growth, String html) {
        SegmentView view = SegmentView.of(number, growth.run(), growth.kind(), growth.lasted(), html);
        return append(DomIds.body(number), line(pages.fragment("message", "runWhole", Map.of("r", view))));
    }

    /** What a run of text is called when it has ended; empty for those without a title. */
    String runTitle(long number, Change.Growth growth) {
        return growth.kind() == SegmentKind.REASONING
                ? line(pages.fragment(
                        "message",
                        "runTitle",
                        swapped("r", SegmentView.of(number, growth.run(), growth.kind(), growth.lasted(), ""))))
                : "";
    }

    /** A call of a tool that begins. */
    String toolCall(long number, ToolCallView.View card) {
        return append(DomIds.body(number), line(pages.fragment("message", "card", Map.of("k", card))));
    }

    /** The same where something has happened to it. */
    String toolCallAgain(ToolCallView.View card) {
        return line(pages.fragment("message", "card", swapped("k", card)));
    }

    /** Takes an element away. */
    static String remove(String id) {
        return "<i id=\"" + id + "\" hx-swap-oob=\"delete\"></i>";
    }

    /** How far a message is. */
    String state(GenerationTicket message, MessageState state, @Nullable Completion end) {
        MessageView view = MessageView.answer(
                message.conversation(),
                message.message(),
                message.sequence(),
                state,
                end == null ? null : end.error(),
                end == null ? null : end.finish(),
                end == null ? null : end.used(),
                models.label(message.model()),
                List.of(),
                null);
        return line(pages.fragment("message", "messageHead", swapped("m", view)))
                + line(pages.fragment("message", "messageFoot", swapped("m", view)));
    }

    /**
     * Whole messages in the place of what a page shows.
     *
     * @param growing HTML of texts that grow, by the messages' sequence numbers, as far as it is known
     */
    List<String> missed(CatchUp missed, Map<Long, String> growing) {
        List<String> found = new ArrayList<>();
        for (long number : missed.removed()) {
            found.add(remove(DomIds.message(number)));
        }
        for (Transcript.Entry entry : missed.replaced()) {
            found.add(line(
                    pages.fragment("message", "messageWhole", Map.of("m", view(entry, growing), "whole", "true"))));
        }
        for (Transcript.Entry entry : missed.added()) {
            found.add(append(
                    "messages", line(pages.fragment("message", "messageWhole", Map.of("m", view(entry, growing))))));
        }
        found.add(line(pages.fragment("message", "conversationTitle", swapped("title", missed.title()))));
        return found;
    }

    /**
     * All in one frame, in order. What lies in templates is swapped after everything else, so if one piece needs a
     * template (parts of tables do), all get one.
     */
    static String frame(List<String> pieces) {
        boolean templates = pieces.stream().anyMatch(piece -> piece.startsWith(TEMPLATE));
        StringBuilder html = new StringBuilder();
        for (String piece : pieces) {
            boolean wrap = templates && !piece.startsWith(TEMPLATE);
            html.append(wrap ? TEMPLATE : "").append(piece).append(wrap ? "</template>" : "");
        }
        return html.toString();
    }

    private static final String TEMPLATE = "<template>";

    private MessageView view(Transcript.Entry entry, Map<Long, String> growing) {
        return MessageView.of(
                entry,
                models.label(entry.message().model()),
                growing.get(entry.message().sequence()));
    }

    /** Adds HTML at the end of an element. */
    static String append(String id, String content) {
        return "<i hx-swap-oob=\"beforeend:#" + id + "\">" + content + "</i>";
    }

    /** The values of a fragment that replaces the element with its id. */
    private static Map<String, Object> swapped(String name, Object value) {
        Map<String, Object> values = new HashMap<>();
        values.put(name, value);
        values.put("swap", "true");
        return values;
    }

    /** Line ends between a template's elements mean nothing; those of text are character references already. */
    private static String line(String html) {
        return html.replace("\r", "").replace("\n", "");
    }
}
