package app.patter.tool;

import java.util.concurrent.CompletableFuture;

/**
 * A call under way.
 *
 * @param answer completes normally with what the tool says, also with what went wrong there; exceptionally only with a
 *     {@link ToolException}, which tells why it could not be asked
 * @param cancel ends it as far as that is possible; any number of times, from any thread, also after the end
 */
public record ToolInvocation(CompletableFuture<ToolAnswer> answer, Runnable cancel) {

    /** A call that has ended already. */
    public static ToolInvocation done(ToolAnswer answer) {
        return new ToolInvocation(CompletableFuture.completedFuture(answer), () -> {});
    }
}
