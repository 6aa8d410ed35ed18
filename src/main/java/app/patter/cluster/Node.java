package app.patter.cluster;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A running server, which owns the answers that it writes until its lease ends. */
@Entity
@Table(name = "node")
@NamedQuery(name = Node.RENEW, query = "update Node n set n.leaseUntil = :until where n.id = :id")
@NamedQuery(name = Node.OTHERS, query = "select count(n) from Node n where n.id <> :self and n.leaseUntil >= :now")
@NamedQuery(name = Node.FORGET, query = "delete from Node n where n.leaseUntil < :before")
public class Node {

    static final String RENEW = "Node.renew";
    static final String OTHERS = "Node.others";
    static final String FORGET = "Node.forget";

    @Id
    private UUID id;

    @Column(nullable = false)
    private OffsetDateTime started;

    @Column(name = "lease_until", nullable = false)
    private OffsetDateTime leaseUntil;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Node() {}

    public Node(UUID id, OffsetDateTime started, OffsetDateTime leaseUntil) {
        this.id = id;
        this.started = started;
        this.leaseUntil = leaseUntil;
    }

    UUID id() {
        return id;
    }
}
