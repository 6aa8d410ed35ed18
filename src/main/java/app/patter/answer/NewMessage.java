package app.patter.answer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a program sends; {@link AnswerService} checks it.
 *
 * @param id     chosen by the sender, so that a message sent twice counts once
 * @param parent message to follow; null for the newest
 * @param model  id of the model to ask; null for the preferred one
 */
public record NewMessage(
        UUID id,
        @Nullable UUID parent,
        String text,
        @Nullable String model) {}
