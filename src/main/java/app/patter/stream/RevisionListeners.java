package app.patter.stream;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Those that hear of conversations' revisions without being subscribers. Thread-safe. */
final class RevisionListeners {

    private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();

    /**
     * Hears of a conversation's revisions from now on.
     *
     * @param login as {@link Subscription#login()}: it hears no more when that has ended
     * @param heard called on a committing thread; must be quick and must not throw. Told 0 when it hears no more
     */
    Listening add(UUID conversation, String login, LongConsumer heard) {
        Listening listening = new Listening(conversation, login, heard);
        listeners.add(listening);
        return listening;
    }

    /** A conversation stands at a revision. */
    void advanced(UUID conversation, long revision) {
        for (Listening listening : listeners) {
            if (listening.conversation.equals(conversation)) {
                listening.heard.accept(revision);
            }
        }
    }

    /** Those that came with a login hear no more. */
    void endLogin(String login) {
        for (Listening listening : listeners) {
            if (listening.login.equals(login)) {
                listening.end();
            }
        }
    }

    /** The logins that they came with. */
    Set<String> logins() {
        return listeners.stream().map(listening -> listening.login).collect(Collectors.toSet());
    }

    /** None hears any more. */
    void endAll() {
        listeners.forEach(Listening::end);
    }

    /** Hears until it is closed, its login ends, or the server goes down. */
    final class Listening implements AutoCloseable {
        private final UUID conversation;
        private final String login;
        private final LongConsumer heard;

        private Listening(UUID conversation, String login, LongConsumer heard) {
            this.conversation = conversation;
            this.login = login;
            this.heard = heard;
        }

        boolean open() {
            return listeners.contains(this);
        }

        private void end() {
            listeners.remove(this);
            heard.accept(0);
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }
}
