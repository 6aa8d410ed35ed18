package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Access;
import app.patter.conversation.AnswerEnded;
import app.patter.conversation.Conversations;
import app.patter.conversation.MessageState;
import app.patter.conversation.Transcripts;
import app.patter.model.ModelRegistry;
import app.patter.model.Payer;
import app.patter.provider.Delta;
import app.patter.text.Graphemes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Gives a conversation a title after its first answer, by a short question to a model. Until then, and whenever that
 * fails, the first words of the person's message stand there. A title that somebody gave is left alone.
 */
@ApplicationScoped
public class Titles {

    private static final Logger LOG = System.getLogger(Titles.class.getName());

    private static final String OFF = "off";
    private static final String SAME = "same";

    /** Characters of each message that say enough about it. */
    private static final int TOLD = 1_500;

    private static final String REQUEST =
            "Write a title for the conversation below: at most six words, in the language of the conversation, without"
                    + " quotation marks. Answer with the title and nothing else.";

    @Inject
    private Conversations conversations;

    @Inject
    private Transcripts transcripts;

    @Inject
    private ModelRegistry models;

    @Inject
    private Executors executors;

    private final String wanted = Settings.ofProcess().text(Setting.TITLES).orElse(OFF);

    /** Looks whether an answer that has just been saved was the first one; returns at once. */
    void after(@Observes AnswerEnded ended) {
        String model = wanted.equals(SAME) ? ended.model() : wanted;
        // An agent would take the question for a task, and begin to work on it.
        boolean agent = wanted.equals(SAME) && models.isAgent(model);
        if (wanted.equals(OFF)
                || ended.state() != MessageState.DONE
                || agent
                || models.find(model).map(found -> found.demo()).orElse(false)) {
            return;
        }
        executors.answers().execute(() -> {
            try {
                ask(ended, model);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "No title for conversation {0}: {1}",
                        ended.access().conversation(),
                        e.getClass());
            }
        });
    }

    private void ask(AnswerEnded ended, String model) {
        Access access = ended.access();
        Transcripts.Opening opening =
                transcripts.opening(access, ended.message()).orElse(null);
        if (opening == null || !opening.title().equals(Conversations.title(opening.question()))) {
            return;
        }
        // A title comes on a thread that reads the models' streams.
        TitleAnswer title =
                new TitleAnswer(named -> executors.answers().execute(() -> name(access, opening.title(), named)));
        title.runs(models.askInternally(
                Payer.account(access.owner()),
                model,
                List.of(new ChatMessage(
                        Role.USER,
                        REQUEST + "\n\n<question>\n" + beginning(opening.question()) + "\n</question>\n<answer>\n"
                                + beginning(PromptBuilder.text(opening.answer())) + "\n</answer>")),
                title));
    }

    private void name(Access access, String before, String title) {
        try {
            conversations.name(access, before, title);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The title of conversation {0} was not saved: {1}",
                    access.conversation(),
                    e.getClass());
        }
    }

    private static String beginning(String text) {
        if (text.length() <= TOLD) {
            return text;
        }
        return Graphemes.start(text, TOLD) + "…";
    }

    /** Why there is no title, for the log: never what somebody wrote. */
    static void failed(Delta.Failed failed) {
        LOG.log(Level.DEBUG, "No title: {0}", failed.kind());
    }
}
