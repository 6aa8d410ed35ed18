package app.patter.page;

import app.patter.chat.Role;
import app.patter.chat.TokenUsage;
import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcript;
import app.patter.markdown.LiveMarkdown;
import app.patter.markdown.Markdown;
import app.patter.markdown.PlainText;
import app.patter.text.CodedText;
import app.patter.text.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as the templates show it.
 *
 * @param conversation the conversation's id
 * @param id           the message's id
 * @param number       sequence number, for {@link DomIds}
 * @param author       {@code user} or {@code assistant}
 * @param state        in lower case, for styles
 * @param name         who wrote it, for people
 * @param phase        how far it is, for people; empty when done
 * @param problem      what went wrong and what to do; empty if nothing did
 * @param usage        tokens and what they cost, for people; empty if nobody has counted
 * @param versions     the messages that could stand here; null if it is the only one
 */
public record MessageView(
        UUID conversation,
        UUID id,
        long number,
        String author,
        String state,
        boolean active,
        boolean canContinue,
        boolean canRetry,
        String name,
        String phase,
        String problem,
        String usage,
        List<SegmentView> segments,
        @Nullable Versions versions) {

    private static final List<String> CUT = List.of("length", "pause", "max_tokens", "MAX_TOKENS");

    public String messageId() {
        return DomIds.message(number);
    }

    public String headId() {
        return DomIds.head(number);
    }

    public String bodyId() {
        return DomIds.body(number);
    }

    public String slotId() {
        return DomIds.slot(number);
    }

    public String footId() {
        return DomIds.foot(number);
    }

    /**
     * A run of text.
     *
     * @param kind  in lower case, for styles
     * @param title what the fold of reasoning says
     * @param card  a call of a tool; null for text
     */
    public record SegmentView(
            long number,
            int ordinal,
            String kind,
            boolean reasoning,
            String title,
            String html,
            ToolCallView.@Nullable View card) {

        /** The card of a call. */
        static SegmentView of(long number, int ordinal, ToolCallView.View card) {
            return new SegmentView(number, ordinal, "tool", false, "", "", card);
        }

        /** A run of a message with this sequence number, whose text is rendered already. */
        public static SegmentView of(
                long number, int ordinal, SegmentKind kind, @Nullable Duration lasted, String html) {
            return new SegmentView(
                    number,
                    ordinal,
                    kind.name().toLowerCase(Locale.ROOT),
                    kind == SegmentKind.REASONING,
                    lasted == null ? MessageText.THINKING.words() : MessageText.THOUGHT.words(seconds(lasted)),
                    html,
                    null);
        }

        /** Of the element that shows the text. */
        public String id() {
            return DomIds.text(number, ordinal);
        }

        public String titleId() {
            return DomIds.title(number, ordinal);
        }

        public String foldId() {
            return DomIds.fold(number, ordinal);
        }

        private static String seconds(Duration lasted) {
            long tenths = Math.round(lasted.toMillis() / 100.0);
            if (tenths == 0) {
                return MessageText.A_MOMENT.words(); // 0.0 s would look like a fault
            }
            return tenths < 100 ? tenths / 10 + "." + tenths % 10 + " s" : Math.round(tenths / 10.0) + " s";
        }
    }

    /**
     * A whole message.
     *
     * @param name of the model, for people
     */
    public static MessageView of(Transcript.Entry entry, String name) {
        return of(entry, name, null);
    }

    /**
     * A whole message of which readers may be shown the text that grows already.
     *
     * @param name  of the model, for people
     * @param shown what {@link LiveMarkdown#html} is of the text that grows; null if nobody knows
     */
    public static MessageView of(Transcript.Entry entry, String name, @Nullable String shown) {
        Message message = entry.message();
        List<SegmentView> segments = new ArrayList<>();
        ToolCallViews toolCalls = new ToolCallViews(message.conversation(), message.id(), message.sequence());
        entry.segments().forEach(toolCalls::add);
        Segment last = entry.segments().isEmpty()
                ? null
                : entry.segments().get(entry.segments().size() - 1);
        for (Segment segment : entry.segments()) {
            if (ToolCallViews.isText(segment.kind())) {
                boolean grows = message.state().active() && segment.equals(last);
                String html = grows && shown != null ? shown : html(message, segment, grows);
                segments.add(
                        SegmentView.of(message.sequence(), segment.ordinal(), segment.kind(), segment.lasted(), html));
            } else {
                toolCalls
                        .at(segment.ordinal())
                        .map(view -> view.view(message.state(), entry.decided()))
                        .ifPresent(card -> segments.add(SegmentView.of(message.sequence(), segment.ordinal(), card)));
            }
        }
        return message.role() == Role.USER
                ? person(entry, segments)
                : answer(
                        message.conversation(),
                        message.id(),
                        message.sequence(),
                        message.state(),
                        message.error(),
                        message.finish(),
                        message.used(),
                        name,
                        segments,
                        Versions.of(entry));
    }

    /** What people write is shown as they wrote it; the last run of an answer being written is shown as readers see it. */
    private static String html(Message message, Segment segment, boolean grows) {
        if (message.role() == Role.USER) {
            return PlainText.html(segment.text());
        }
        return grows
                ? LiveMarkdown.resumed(DomIds.text(message.sequence(), segment.ordinal()), segment.text())
                        .html()
                : Markdown.html(segment.text());
    }

    private static MessageView person(Transcript.Entry entry, List<SegmentView> segments) {
        Message message = entry.message();
        return new MessageView(
                message.conversation(),
                message.id(),
                message.sequence(),
                "user",
                "done",
                false,
                false,
                false,
                MessageText.YOU.words(),
                "",
                "",
                "",
                segments,
                Versions.of(entry));
    }

    /** The head and foot of an answer; the runs are left out when only those are shown. */
    public static MessageView answer(
            UUID conversation,
            UUID id,
            long number,
            MessageState state,
            @Nullable CodedText error,
            @Nullable String finish,
            @Nullable TokenUsage used,
            String name,
            List<SegmentView> segments,
            @Nullable Versions versions) {
        boolean cut = state == MessageState.DONE && finish != null && CUT.contains(finish);
        boolean unfinished =
                state == MessageState.STOPPED || state == MessageState.INTERRUPTED || state == MessageState.FAILED;
        return new MessageView(
                conversation,
                id,
                number,
                "assistant",
                state.name().toLowerCase(Locale.ROOT),
                state.active(),
                unfinished || cut || isDecided(state, segments),
                !state.active(),
                name,
                phase(state),
                problem(state, error, cut),
                used == null ? "" : summary(used),
                segments,
                versions);
    }

    /** An answer that waits though nobody is asked any more: what would have let it go on has failed, or went away. */
    private static boolean isDecided(MessageState state, List<SegmentView> segments) {
        return state == MessageState.WAITING
                && !segments.isEmpty()
                && segments.stream().map(SegmentView::card).noneMatch(card -> card != null && card.pending());
    }

    private static String summary(TokenUsage used) {
        return used.cost() == null
                ? MessageText.USAGE.words(used.input(), used.cached(), used.output(), used.reasoning())
                : MessageText.USAGE_AND_COST.words(
                        used.input(), used.cached(), used.output(), used.reasoning(), used.shownCost());
    }

    private static String phase(MessageState state) {
        return switch (state) {
            case QUEUED -> MessageText.STATE_QUEUED.words();
            case CONNECTING -> MessageText.STATE_CONNECTING.words();
            case THINKING -> MessageText.STATE_THINKING.words();
            case WRITING -> MessageText.STATE_WRITING.words();
            case CALLING -> MessageText.STATE_CALLING.words();
            case WAITING -> MessageText.STATE_WAITING.words();
            case DONE -> "";
            case STOPPED -> MessageText.STATE_STOPPED.words();
            case FAILED -> MessageText.STATE_FAILED.words();
            case INTERRUPTED -> MessageText.STATE_INTERRUPTED.words();
        };
    }

    private static String problem(MessageState state, @Nullable CodedText error, boolean cut) {
        if (error != null) {
            return Messages.english().text(error);
        }
        if (cut) {
            return MessageText.CUT.words();
        }
        return state == MessageState.INTERRUPTED ? MessageText.INTERRUPTED.words() : "";
    }
}
