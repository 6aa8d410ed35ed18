package app.patter.conversation;

import java.util.UUID;

/**
 * An answer has reached its end, and the end is in the database. Fired once, after that commit, by the node that wrote the
 * answer; observers run on the thread that saves and must return at once. Not fired for an answer that pauses for a person
 * ({@link MessageState#WAITING}), nor when another node has taken the answer over or ended it.
 *
 * @param access what lets the answer be read and changed
 * @param model  id of the model that wrote the end
 * @param state  one that {@linkplain MessageState#ended() is an end}
 */
public record AnswerEnded(Access access, UUID message, String model, MessageState state) {}
