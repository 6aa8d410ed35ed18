package app.patter.provider;

import app.patter.chat.ProviderMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A place where answers come from: a model server or the built-in demo. Thread-safe. */
public interface Provider {

    /** Short stable name, such as {@code openai}, {@code ollama} or {@code demo}; holds no slash. */
    String id();

    /** Name shown to people. */
    String label();

    /** Names of its models, in its own order, without waiting; fails with a {@link ProviderException}. */
    CompletableFuture<List<String>> list();

    /**
     * The same. May wait for the network, a few seconds at most.
     *
     * @throws ProviderException if they cannot be read
     */
    default List<String> models() {
        try {
            return list().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProviderException reason) {
                throw reason;
            }
            throw e;
        }
    }

    /** What marks the {@linkplain ProviderMessage#source messages} that a model may get back; empty if none does. */
    default String source(String model) {
        return "";
    }

    /** Starts an answer and returns at once; whatever goes wrong reaches {@code deltas}. */
    Call ask(ChatRequest request, DeltaHandler handler);

    /** An answer under way. */
    @FunctionalInterface
    interface Call {

        /**
         * Ends the connection at any time, also before the provider has answered at all. The receiver gets a {@link
         * Delta.Failed} of kind {@link Delta.Failed.Kind#CANCELLED}, unless it has an end already: at once on this
         * thread or, while it is busy with a delta, on that thread right after. May be called from any thread, also
         * by the receiver, and more than once; never waits.
         */
        void cancel();
    }
}
