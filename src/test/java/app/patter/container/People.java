package app.patter.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Makes the people that tests need, without their passwords. */
@ApplicationScoped
@Transactional
public class People {

    @PersistenceContext
    private EntityManager entities;

    /** Id of a new account. */
    public UUID somebody() {
        UUID id = UUID.randomUUID();
        entities.createNativeQuery("insert into account (id, name, password, administrator, created)"
                        + " values (cast(?1 as uuid), ?2, 'none', false, current_timestamp)")
                .setParameter(1, id.toString())
                .setParameter(2, id.toString())
                .executeUpdate();
        return id;
    }
}
