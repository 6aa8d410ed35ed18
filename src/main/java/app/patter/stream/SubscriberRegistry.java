package app.patter.stream;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Finds the open subscribers of this node. Thread-safe; what is found may have gone meanwhile. */
final class SubscriberRegistry {

    private final Map<UUID, Set<Subscriber>> conversations = new ConcurrentHashMap<>();

    void add(Subscriber subscriber) {
        conversations.compute(subscriber.subscription().conversation(), (id, before) -> {
            Set<Subscriber> all = before == null ? ConcurrentHashMap.newKeySet() : before;
            all.add(subscriber);
            return all;
        });
    }

    void remove(Subscriber subscriber) {
        conversations.computeIfPresent(subscriber.subscription().conversation(), (id, all) -> {
            all.remove(subscriber);
            return all.isEmpty() ? null : all;
        });
    }

    /** Those that follow a conversation. */
    Set<Subscriber> of(UUID conversation) {
        return conversations.getOrDefault(conversation, Set.of());
    }

    /** Those of an account. */
    Stream<Subscriber> ofAccount(UUID account) {
        return all().filter(subscriber -> subscriber.subscription().account().equals(account));
    }

    /** Those that a login or token has opened. */
    Stream<Subscriber> ofLogin(String login) {
        return all().filter(subscriber -> subscriber.subscription().login().equals(login));
    }

    Stream<Subscriber> all() {
        return conversations.values().stream().flatMap(Set::stream);
    }

    /** The conversations that anybody follows. */
    Set<UUID> conversations() {
        return Collections.unmodifiableSet(conversations.keySet());
    }
}
