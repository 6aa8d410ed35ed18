package app.patter.stream;

import app.patter.conversation.Assignment;
import app.patter.conversation.Kind;
import app.patter.conversation.MessageView;
import app.patter.conversation.MessageView.RunView;
import app.patter.conversation.State;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.Transcripts.Missed;
import app.patter.journal.End;
import app.patter.journal.Step;
import app.patter.journal.Steps;
import app.patter.markdown.PlainText;
import app.patter.page.Pages;
import app.patter.upstream.Model;
import app.patter.upstream.Models;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Renders what brings a reader from its position to a later revision: from the steps in memory when they are all there,
 * otherwise from the database, with whole messages as replacements.
 */
@ApplicationScoped
public class Frames {

    @Inject
    private Steps steps;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Models models;

    @Inject
    private Pages pages;

    /**
     * What comes after a position.
     *
     * @param upTo a revision that is committed, as a wake-up said
     * @return empty if the conversation is gone, or no longer the owner's
     */
    Optional<Frame> after(UUID owner, UUID conversation, long position, long upTo) {
        return steps.between(conversation, position, upTo)
                .map(found -> new Frame(upTo, render(found)))
                .or(() -> transcripts.missed(owner, conversation, position).map(this::render));
    }

    private String render(List<Step> found) {
        StringBuilder html = new StringBuilder();
        for (Step step : found) {
            for (Step.Part part : step.parts()) {
                render(part, html);
            }
        }
        return html.toString();
    }

    private void render(Step.Part part, StringBuilder html) {
        long number = part.message().sequence();
        for (Step.Growth growth : part.growths()) {
            if (growth.begins()) {
                append(html, "b" + number, run(view(number, growth)));
            } else if (!growth.text().isEmpty()) {
                append(html, "r" + number + "-" + growth.run(), PlainText.html(growth.text()));
            }
            if (growth.kind() == Kind.REASONING && growth.lasted() != null && !growth.begins()) {
                html.append(line(pages.fragment("message", "runTitle", swapped("r", view(number, growth)))));
            }
        }
        State state = part.state();
        if (state != null) {
            MessageView view = view(part.message(), state, part.end());
            html.append(line(pages.fragment("message", "messageHead", swapped("m", view))));
            html.append(line(pages.fragment("message", "messageFoot", swapped("m", view))));
        }
    }

    private static RunView view(long number, Step.Growth growth) {
        return RunView.of(number, growth.run(), growth.kind(), growth.text(), growth.lasted());
    }

    private MessageView view(Assignment message, State state, @Nullable End end) {
        return MessageView.answer(
                message.conversation(),
                message.message(),
                message.sequence(),
                state,
                end == null ? null : end.problem(),
                end == null ? null : end.finish(),
                name(message.model()),
                List.of(),
                List.of());
    }

    private Frame render(Missed missed) {
        StringBuilder html = new StringBuilder();
        for (long number : missed.removed()) {
            html.append("<i id=\"m").append(number).append("\" hx-swap-oob=\"delete\"></i>");
        }
        for (Transcript.Entry entry : missed.replaced()) {
            html.append(line(pages.fragment("message", "messageWhole", swapped("m", view(entry)))));
        }
        for (Transcript.Entry entry : missed.added()) {
            append(html, "messages", line(pages.fragment("message", "messageWhole", Map.of("m", view(entry)))));
        }
        html.append(line(pages.fragment("message", "conversationTitle", swapped("title", missed.title()))));
        return new Frame(missed.revision(), html.toString());
    }

    private MessageView view(Transcript.Entry entry) {
        return MessageView.of(entry, name(entry.message().model()));
    }

    private String run(RunView view) {
        return line(pages.fragment("message", "runWhole", Map.of("r", view)));
    }

    private static void append(StringBuilder html, String id, String content) {
        html.append("<i hx-swap-oob=\"beforeend:#")
                .append(id)
                .append("\">")
                .append(content)
                .append("</i>");
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

    private String name(@Nullable String model) {
        return model == null ? "" : models.find(model).map(Model::label).orElse(model);
    }
}
