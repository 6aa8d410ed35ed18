package app.patter.answer;

import app.patter.conversation.Placement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a program sends; {@link AnswerService} checks it.
 *
 * @param id        chosen by the sender, so that a message sent twice counts once
 * @param placement where it goes
 * @param model     id of the model to ask; null for the preferred one
 */
public record NewMessage(
        UUID id, Placement placement, String text, @Nullable String model) {}
