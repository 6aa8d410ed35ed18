package app.patter.chat;

/**
 * What a tool answered.
 *
 * @param call id of its {@link ToolCall}
 * @param name name of the tool
 * @param text its answer, or what went wrong
 * @param failed whether it went wrong
 */
public record ToolResult(String call, String name, String text, boolean failed) {}
