package app.patter.tool;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps the pictures that tools answer with. */
@ApplicationScoped
@Transactional
public class Images {

    @PersistenceContext
    private EntityManager entities;

    /** Makes this bean when Patter starts; made on a thread of an executor it would have no entity manager on Payara. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /**
     * Saves pictures of one answer.
     *
     * @return their ids, in the same order
     */
    public List<String> save(UUID message, List<ToolAnswer.Image> images) {
        List<String> ids = new ArrayList<>();
        for (ToolAnswer.Image image : images) {
            UUID id = UUID.randomUUID();
            entities.persist(new StoredImage(id, message, image));
            ids.add(id.toString());
        }
        return ids;
    }

    /** The picture, if it exists in that conversation and that is the owner's. */
    Optional<StoredImage> find(UUID owner, UUID conversation, UUID id) {
        return entities.createNamedQuery(StoredImage.OF_OWNER, StoredImage.class)
                .setParameter("id", id)
                .setParameter("conversation", conversation)
                .setParameter("owner", owner)
                .getResultStream()
                .findFirst();
    }
}
