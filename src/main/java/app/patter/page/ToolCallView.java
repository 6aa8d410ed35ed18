package app.patter.page;

import app.patter.conversation.MessageState;
import app.patter.conversation.ToolEvent;
import app.patter.markdown.PlainText;
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
    private final ToolEvent call;
    private final OffsetDateTime began;
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder said = new StringBuilder();
    private @Nullable ToolEvent progress;
    private boolean asks;
    private @Nullable ToolEvent end;

    /**
     * A call that begins.
     *
     * @param number  sequence number of its message
     * @param ordinal of its run
     */
    public ToolCallView(
            UUID conversation, UUID message, long number, int ordinal, ToolEvent call, OffsetDateTime began) {
        this.conversation = conversation;
        this.message = message;
        this.number = number;
        this.ordinal = ordinal;
        this.call = call;
        this.began = began;
        this.arguments.append(call.body());
    }

    /** The call's id. */
    public String id() {
        return call.id();
    }

    /** Ordinal of the run that began it. */
    public int ordinal() {
        return ordinal;
    }

    /** DOM id of its card. */
    public String element() {
        return "c" + number + "-" + ordinal;
    }

    /** DOM id of the element that shows its arguments. */
    public String argumentsElement() {
        return "r" + number + "-" + ordinal;
    }

    /** Its arguments go on. */
    public void more(String piece) {
        arguments.append(piece);
    }

    /** Something happened to it. */
    public void happened(ToolEvent event) {
        if (event.isEnd()) {
            end = event;
        } else if (event.text("state").equals(ToolEvent.PROGRESS)) {
            progress = event;
        } else if (event.asks()) {
            asks = true;
        } else if (event.isBegun()) {
            asks = false;
        } else {
            said.append(event.body());
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
        ToolEvent last = end;
        String status = last != null ? last.text("state") : unfinished(state, decided.contains(id()));
        String output = said + (last == null ? "" : last.body());
        boolean running = status.equals("running");
        boolean pending = status.equals("waiting");
        return new View(
                conversation,
                message,
                element(),
                argumentsElement(),
                id(),
                call.text("title").isEmpty() ? call.text("name") : call.text("title"),
                PlainText.html(shortened(arguments.toString())),
                status,
                label(status, state),
                running ? seconds(Duration.between(began, OffsetDateTime.now(ZoneOffset.UTC))) : "",
                PlainText.html(shortened(output)),
                last == null ? List.of() : last.images(),
                last == null && (state.active() || pending),
                pending);
    }

    private String unfinished(MessageState state, boolean decided) {
        if (state.ended()) {
            return "unfinished";
        }
        if (state.active() && !asks) {
            return "running";
        }
        return decided ? "decided" : "waiting";
    }

    private String label(String status, MessageState state) {
        return switch (status) {
            case ToolEvent.DONE -> "done" + took();
            case ToolEvent.FAILED -> "failed" + took();
            case ToolEvent.REFUSED -> "not allowed";
            case "running" -> progress == null ? "running" : progress(progress);
            case "waiting" -> "waits for your permission";
            case "decided" -> state == MessageState.WAITING ? "decided; waits for the others" : "decided";
            default -> "not finished";
        };
    }

    private static String progress(ToolEvent event) {
        String reached = plain(event.number("reached"));
        Double total = event.number("total");
        String told = total == null ? reached : reached + " of " + plain(total);
        return event.body().isEmpty() ? told : told + ": " + event.body();
    }

    private static String plain(@Nullable Double number) {
        if (number == null) {
            return "?";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : String.format(Locale.ENGLISH, "%.2f", number);
    }

    private String took() {
        Double millis = end == null ? null : end.number("milliseconds");
        return millis == null || millis < MOMENT ? "" : " in " + seconds(Duration.ofMillis(millis.longValue())) + " s";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ENGLISH, "%.1f", Math.max(0, time.toMillis()) / 1_000.0);
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, SHOWN) + "\n… " + (text.length() - SHOWN) + " more characters are not shown.";
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
