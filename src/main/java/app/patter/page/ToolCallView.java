package app.patter.page;

import app.patter.conversation.MessageState;
import app.patter.conversation.ToolEvent;
import app.patter.markdown.PlainText;
import app.patter.text.Graphemes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One call of a tool while its answer goes on, as pages show it. Not thread-safe. */
public final class ToolCallView {

    private static final int SHOWN = 20_000;

    /** Milliseconds of which nobody needs to be told. */
    private static final int MOMENT = 100;

    private final UUID conversation;
    private final UUID message;
    private final long number;
    private final int ordinal;
    private final ToolEvent.Called call;
    private final OffsetDateTime began;
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder said = new StringBuilder();
    private ToolEvent.@Nullable Progress progress;
    private boolean asks;
    private ToolEvent.@Nullable Ended end;

    /**
     * A call that begins.
     *
     * @param number  sequence number of its message
     * @param ordinal of its run
     */
    public ToolCallView(
            UUID conversation, UUID message, long number, int ordinal, ToolEvent.Called call, OffsetDateTime began) {
        this.conversation = conversation;
        this.message = message;
        this.number = number;
        this.ordinal = ordinal;
        this.call = call;
        this.began = began;
        this.arguments.append(call.arguments());
    }

    /** The call's id. */
    public String id() {
        return call.call();
    }

    /** Ordinal of the run that began it. */
    public int ordinal() {
        return ordinal;
    }

    /** DOM id of its card. */
    public String element() {
        return DomIds.call(number, ordinal);
    }

    /** DOM id of the element that shows its arguments. */
    public String argumentsElement() {
        return DomIds.text(number, ordinal);
    }

    /** Its arguments go on. */
    public void more(String piece) {
        arguments.append(piece);
    }

    /** Something happened to it. */
    public void happened(ToolEvent event) {
        if (event instanceof ToolEvent.Ended ended) {
            end = ended;
        } else if (event instanceof ToolEvent.Progressed progressed) {
            progress = progressed.progress();
        } else if (event instanceof ToolEvent.Asked) {
            asks = true;
        } else if (event instanceof ToolEvent.Begun) {
            asks = false;
        } else if (event instanceof ToolEvent.Said piece) {
            said.append(piece.text());
        }
    }

    /** Whether it has ended. */
    public boolean ended() {
        return end != null;
    }

    /**
     * How it looks.
     *
     * @param state   of its message
     * @param decided ids of calls about which a person has decided
     */
    public View view(MessageState state, Set<String> decided) {
        ToolEvent.Ended last = end;
        ToolCallStatus status =
                last != null ? ToolCallStatus.of(last.outcome()) : unfinished(state, decided.contains(id()));
        String output = said + (last == null ? "" : last.text());
        boolean running = status == ToolCallStatus.RUNNING;
        boolean pending = status == ToolCallStatus.WAITING;
        return new View(
                conversation,
                message,
                element(),
                argumentsElement(),
                id(),
                call.title().isEmpty() ? call.name() : call.title(),
                PlainText.html(shortened(arguments.toString())),
                status.word(),
                label(status, state),
                running ? seconds(Duration.between(began, OffsetDateTime.now(ZoneOffset.UTC))) : "",
                PlainText.html(shortened(output)),
                last == null ? List.of() : last.images(),
                last == null && (state.active() || pending),
                pending);
    }

    private ToolCallStatus unfinished(MessageState state, boolean decided) {
        if (state.ended()) {
            return ToolCallStatus.UNFINISHED;
        }
        if (state.active() && !asks) {
            return ToolCallStatus.RUNNING;
        }
        return decided ? ToolCallStatus.DECIDED : ToolCallStatus.WAITING;
    }

    private String label(ToolCallStatus status, MessageState state) {
        return switch (status) {
            case DONE -> ended(ToolCallText.DONE, ToolCallText.DONE_IN);
            case FAILED -> ended(ToolCallText.FAILED, ToolCallText.FAILED_IN);
            case REFUSED -> ToolCallText.REFUSED.words();
            case RUNNING -> progress == null ? ToolCallText.RUNNING.words() : progress(progress);
            case WAITING -> ToolCallText.WAITING.words();
            case DECIDED -> (state == MessageState.WAITING ? ToolCallText.DECIDED_ALONE : ToolCallText.DECIDED).words();
            case UNFINISHED -> ToolCallText.UNFINISHED.words();
        };
    }

    private static String progress(ToolEvent.Progress progress) {
        String reached = plain(progress.reached());
        Double total = progress.total();
        String told = total == null ? reached : ToolCallText.PROGRESS.words(reached, plain(total));
        return progress.message().isEmpty() ? told : told + ": " + progress.message();
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : String.format(Locale.ENGLISH, "%.2f", number);
    }

    private String ended(ToolCallText atOnce, ToolCallText afterSeconds) {
        long millis = end == null ? 0 : end.milliseconds();
        return millis < MOMENT ? atOnce.words() : afterSeconds.words(seconds(Duration.ofMillis(millis)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ENGLISH, "%.1f", Math.max(0, time.toMillis()) / 1_000.0);
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return Graphemes.start(text, SHOWN) + "\n"
                + ToolCallText.SHORTENED.words(Integer.toString(text.length() - SHOWN));
    }

    /**
     * What templates show.
     *
     * @param id      DOM id
     * @param call    the call's id
     * @param arguments as HTML
     * @param status  {@code running}, {@code waiting}, {@code decided}, {@code done}, {@code failed}, {@code refused} or
     *     {@code unfinished}, for styles
     * @param label   the same for people
     * @param running seconds since it began; empty unless it runs
     * @param output  what the tool said, as HTML
     * @param images  ids of pictures
     * @param open    whether it is unfolded
     * @param pending whether a person has to decide about it
     */
    public record View(
            UUID conversation,
            UUID message,
            String id,
            String argumentsId,
            String call,
            String title,
            String arguments,
            String status,
            String label,
            String running,
            String output,
            List<String> images,
            boolean open,
            boolean pending) {}
}
