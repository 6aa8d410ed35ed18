/**
 * Patter: a self-hosted AI chat. The way of a token, in order:
 *
 * <ol>
 *   <li>{@link app.patter.generation.MessagesResource} takes a person's message, which
 *       {@link app.patter.conversation.Conversations} stores together with the empty answer;
 *       {@link app.patter.generation.Generations} starts to write it.
 *   <li>{@link app.patter.upstream.Models} asks the model; its stream becomes {@link app.patter.upstream.Delta}s.
 *   <li>The generation adds them to the message's {@link app.patter.journal.Draft}.
 *   <li>{@link app.patter.journal.Debouncer}, the one timer of a node, lets {@link app.patter.journal.Journal} save all
 *       drafts in one transaction ({@link app.patter.journal.Saves}).
 *   <li>After the commit {@link app.patter.conversation.ConversationAdvanced} wakes the
 *       {@link app.patter.stream.Readers} of the conversation.
 *   <li>Each takes everything after its position as one frame ({@link app.patter.stream.Frames}) and broadcasts it on the
 *       stream that {@link app.patter.stream.EventsResource} opened; htmx swaps it into the page.
 * </ol>
 */
@NullMarked
package app.patter;

import org.jspecify.annotations.NullMarked;
