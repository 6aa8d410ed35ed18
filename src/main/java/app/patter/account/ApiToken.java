package app.patter.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a program logs in with in its person's name. Only its hash is kept. */
@Entity
@Table(name = "api_token")
@NamedQuery(
        name = ApiToken.OF_ACCOUNT,
        query = "select t from ApiToken t where t.account = :account order by t.created desc, t.id")
@NamedQuery(
        name = ApiToken.WITH_ACCOUNT,
        query = "select t, a from ApiToken t, Account a where t.tokenHash = :hash and t.account = a.id"
                + " and a.disabled = false")
@NamedQuery(
        name = ApiToken.ALIVE,
        query = "select t.id from ApiToken t, Account a where t.id in :ids and t.account = a.id and a.disabled = false")
@NamedQuery(name = ApiToken.USE, query = "update ApiToken t set t.used = :now where t.id = :id")
@NamedQuery(name = ApiToken.REVOKE, query = "delete from ApiToken t where t.id = :id and t.account = :account")
public class ApiToken {

    static final String OF_ACCOUNT = "ApiToken.ofAccount";
    static final String WITH_ACCOUNT = "ApiToken.withAccount";
    static final String ALIVE = "ApiToken.alive";
    static final String USE = "ApiToken.use";
    static final String REVOKE = "ApiToken.revoke";

    @Id
    private UUID id;

    @Column(name = "account_id", nullable = false)
    private UUID account;

    @Column(nullable = false)
    private String name;

    @Column(name = "token_hash", nullable = false)
    private String tokenHash;

    @Column(nullable = false)
    private boolean writes;

    @Column(nullable = false)
    private OffsetDateTime created;

    @Column
    private @Nullable OffsetDateTime used;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ApiToken() {}

    ApiToken(UUID id, UUID account, String name, String tokenHash, boolean writes, OffsetDateTime created) {
        this.id = id;
        this.account = account;
        this.name = name;
        this.tokenHash = tokenHash;
        this.writes = writes;
        this.created = created;
    }

    public UUID id() {
        return id;
    }

    /** What its owner calls it. */
    public String name() {
        return name;
    }

    /** Whether it may change anything; otherwise it only reads. */
    public boolean writes() {
        return writes;
    }

    public OffsetDateTime created() {
        return created;
    }

    /** About when it was used last; null if never. */
    public @Nullable OffsetDateTime used() {
        return used;
    }
}
