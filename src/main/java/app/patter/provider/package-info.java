/**
 * Where tokens come from: model servers, found or configured, and the built-in demo, each turned into {@linkplain
 * app.patter.provider.Delta deltas}.
 *
 * <p>The way of a token: {@code Transport} reads bytes, {@code PayloadSplitter} finds the payloads in them, the {@code
 * AnswerParser} of a {@code Dialect} turns each into deltas, {@code SerialDelivery} hands them to the caller's {@link
 * app.patter.provider.DeltaHandler} one at a time and ends with exactly one {@link app.patter.provider.Delta.Finished} or
 * {@link app.patter.provider.Delta.Failed}. {@link app.patter.model.ModelRegistry} is the entrance.
 *
 * <p>Nothing here knows a database, a request or a container.
 */
@NullMarked
package app.patter.provider;

import org.jspecify.annotations.NullMarked;
