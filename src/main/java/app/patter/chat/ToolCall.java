package app.patter.chat;

/**
 * A call of a tool, as the model made it.
 *
 * @param id the provider's, or one made up here where it has none
 * @param arguments as the model wrote them: should be a JSON object, and may be no JSON at all, mostly when the answer
 *     ended because it grew too long
 */
public record ToolCall(String id, String name, String arguments) {

    private static final String MADE_UP = "patter_";

    /** An id for a call that came without one; with the mark of the prompt that led to it. */
    public static String idFor(String mark, int call) {
        return MADE_UP + mark + "_" + call;
    }

    /** Whether the id is no provider's. */
    public static boolean isMadeUp(String id) {
        return id.startsWith(MADE_UP);
    }
}
