package app.patter.provider;

import app.patter.chat.ProviderMessage;

/**
 * What is known of a question when its answer is read.
 *
 * @param source where the answer comes from: dialect, server and model; marks its {@link ProviderMessage}
 * @param mark the prompt's; keeps the ids apart that are made up for tool calls without one
 * @param errors what can go wrong on the way
 */
public record RequestContext(String source, String mark, ProviderErrors errors) {}
