/**
 * Patter: a self-hosted AI chat. The way of a token, in order:
 *
 * <ol>
 *   <li>{@link app.patter.page.MessagesResource} takes a person's message; through {@link app.patter.answer.AnswerService}
 *       {@link app.patter.conversation.Conversations} stores it together with the empty answer, and
 *       {@link app.patter.answer.Generations} starts to write it.
 *   <li>{@link app.patter.model.ModelRegistry} asks the model; its stream becomes {@link app.patter.provider.Delta}s.
 *   <li>The generation adds them to the message's {@link app.patter.journal.AnswerBuffer}.
 *   <li>{@link app.patter.journal.Debouncer}, the one timer of a node, lets {@link app.patter.journal.Journal} save all
 *       open answers in one transaction ({@link app.patter.journal.SaveTransaction}).
 *   <li>After the commit the journal keeps what changed in {@link app.patter.journal.RecentChanges}, and
 *       {@link app.patter.cluster.Signal.ConversationAdvanced}, a CDI event by the {@link app.patter.cluster.Bus}, wakes
 *       the {@link app.patter.stream.Subscribers} of the conversation.
 *   <li>Each takes everything after its position as one frame ({@link app.patter.stream.PageFrames}) and broadcasts it on the
 *       stream that {@link app.patter.stream.EventsResource} opened; htmx swaps it into the page.
 * </ol>
 */
@NullMarked
package app.patter;

import org.jspecify.annotations.NullMarked;
