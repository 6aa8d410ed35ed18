package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import app.patter.conversation.TreeShape.Node;
import app.patter.fixture.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeShapeTest {

    /** A conversation in a test: what was sent after what never changes, whatever is deleted. */
    private static final class Model {
        private final List<UUID> order = new ArrayList<>();
        private final Map<UUID, @Nullable UUID> sentAfter = new HashMap<>();
        private final Map<UUID, Node> nodes = new HashMap<>();

        UUID send(@Nullable UUID parent) {
            UUID id = UUID.randomUUID();
            order.add(id);
            sentAfter.put(id, parent);
            nodes.put(id, new Node(id, parent, null, isAnswer(parent), 0));
            return id;
        }

        /** Questions and answers take turns. */
        private boolean isAnswer(@Nullable UUID parent) {
            return parent != null && !nodes.get(parent).answer();
        }

        TreeShape shape() {
            return new TreeShape(order.stream().map(nodes::get).toList());
        }

        boolean isThere(UUID id) {
            return nodes.get(id).removed() == 0;
        }

        List<UUID> there() {
            return order.stream().filter(this::isThere).toList();
        }

        void delete(Set<UUID> gone, long revision) {
            Map<UUID, @Nullable UUID> moves = shape().moves(gone, Set.of());
            gone.forEach(id -> put(id, nodes.get(id).parent(), revision));
            apply(moves);
        }

        void undo(long revision) {
            Set<UUID> back = shape().removedAt(revision);
            Map<UUID, @Nullable UUID> moves = shape().moves(Set.of(), back);
            back.forEach(id -> put(id, nodes.get(id).parent(), 0));
            apply(moves);
        }

        private void apply(Map<UUID, @Nullable UUID> moves) {
            moves.forEach((id, parent) -> put(id, parent, nodes.get(id).removed()));
        }

        private void put(UUID id, @Nullable UUID parent, long removed) {
            Node before = nodes.get(id);
            UUID origin = before.origin() == null && !Objects.equals(parent, before.parent())
                    ? before.parent()
                    : before.origin();
            nodes.put(id, new Node(id, parent, origin, before.answer(), removed));
        }

        void check() {
            for (UUID id : there()) {
                UUID expected = sentAfter.get(id);
                while (expected != null && !isThere(expected)) {
                    expected = sentAfter.get(expected);
                }
                assertEquals(expected, nodes.get(id).parent());
                if (nodes.get(id).answer()) {
                    assertEquals(sentAfter.get(id), expected, "an answer without its question");
                }
            }
        }
    }

    @Test
    void whatIsThereFollowsTheNearestThatIsThereWhateverIsDeletedAndBroughtBack(@Seed Random random) {
        for (int round = 0; round < 200; round++) {
            Model model = new Model();
            Set<Long> deletions = new HashSet<>();
            for (long revision = 1; revision < 40; revision++) {
                List<UUID> there = model.there();
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (!there.isEmpty()) {
                            UUID message = there.get(random.nextInt(there.size()));
                            TreeShape shape = model.shape();
                            boolean question = !model.nodes.get(message).answer();
                            model.delete(
                                    question && random.nextBoolean() ? shape.exchange(message) : shape.branch(message),
                                    revision);
                            deletions.add(revision);
                        }
                    }
                    case 1 ->
                        deletions.stream().findAny().ifPresent(deleted -> {
                            model.undo(deleted);
                            deletions.remove(deleted);
                        });
                    default -> model.send(there.isEmpty() ? null : there.get(random.nextInt(there.size())));
                }
                model.check();
            }
            deletions.forEach(model::undo);
            model.order.forEach(id ->
                    assertEquals(model.sentAfter.get(id), model.nodes.get(id).parent()));
        }
    }

    @Test
    void anExchangeIsAQuestionWithAllItsAnswers() {
        Model model = new Model();
        UUID question = model.send(null);
        UUID answer = model.send(question);
        UUID another = model.send(question);
        UUID follows = model.send(answer);
        assertEquals(Set.of(question, answer, another), model.shape().exchange(question));
        assertEquals(Set.of(answer, follows), model.shape().branch(answer));
        model.delete(model.shape().exchange(question), 7);
        assertNull(model.nodes.get(follows).parent());
        assertEquals(Set.of(question, answer, another), model.shape().removedAt(7));
        assertNull(model.shape().before(answer, Set.of()));
        assertEquals(follows, model.shape().before(follows, Set.of()));
    }

    @Test
    void aBranchMayBeAsLongAsAnyConversation() {
        Model model = new Model();
        UUID first = model.send(null);
        UUID last = first;
        for (int i = 0; i < 100_000; i++) {
            last = model.send(last);
        }
        TreeShape shape = model.shape();
        assertEquals(100_001, shape.branch(first).size());
        assertEquals(Map.of(), shape.moves(shape.branch(first), Set.of()));
    }
}
