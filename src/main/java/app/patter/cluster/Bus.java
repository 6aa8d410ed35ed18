package app.patter.cluster;

/** How nodes tell each other what has changed. Thread-safe. */
public interface Bus {

    /**
     * Tells all nodes, this one among them; there it becomes a CDI event, so {@code @Observes Signal.LoginEnded} hears of it.
     * To be called after the commit that made it true, never before. Quick, and never throws: what is published has
     * happened, whoever fails to hear of it.
     */
    void publish(Signal signal);
}
