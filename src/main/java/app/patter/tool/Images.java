package app.patter.tool;

import app.patter.conversation.Access;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the pictures that tools answer with. An EJB, because calls end on threads of our own pools, where beans of CDI find
 * no entity manager on some servers.
 */
@Stateless
public class Images {

    @PersistenceContext
    private EntityManager entities;

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

    /** The picture, if it exists in that conversation. */
    public Optional<ToolAnswer.Image> find(Access access, UUID id) {
        return entities.createNamedQuery(StoredImage.IN_CONVERSATION, StoredImage.class)
                .setParameter("id", id)
                .setParameter("conversation", access.conversation())
                .getResultStream()
                .findFirst()
                .map(StoredImage::image);
    }
}
