package app.patter.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A person's login on one browser. Kept in the database, so that it survives a restart and counts on every node; the
 * token itself is only in the browser's cookie.
 */
@Entity
@Table(name = "login")
@NamedQuery(
        name = Login.WITH_ACCOUNT,
        query = "select l, a from Login l, Account a where l.tokenHash = :hash and l.account = a.id"
                + " and l.used > :since and l.created > :born and a.disabled = false")
@NamedQuery(
        name = Login.OF_ACCOUNT,
        query = "select l from Login l where l.account = :account and l.used > :since and l.created > :born"
                + " order by l.used desc, l.created desc")
@NamedQuery(
        name = Login.ALIVE,
        query = "select l.tokenHash from Login l, Account a where l.tokenHash in :keys and l.account = a.id"
                + " and l.used > :since and l.created > :born and a.disabled = false")
@NamedQuery(name = Login.KEYS, query = "select l.tokenHash from Login l where l.account = :account")
@NamedQuery(name = Login.USE, query = "update Login l set l.used = :now where l.tokenHash = :hash")
@NamedQuery(name = Login.END, query = "delete from Login l where l.tokenHash = :hash")
@NamedQuery(name = Login.EXPIRE, query = "delete from Login l where l.used < :before or l.created < :born")
public class Login {

    static final String WITH_ACCOUNT = "Login.withAccount";
    static final String OF_ACCOUNT = "Login.ofAccount";
    static final String ALIVE = "Login.alive";
    static final String KEYS = "Login.keys";
    static final String USE = "Login.use";
    static final String END = "Login.end";
    static final String EXPIRE = "Login.expire";

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "account_id", nullable = false)
    private UUID account;

    @Column(name = "forgery", nullable = false)
    private String csrfToken;

    @Column(nullable = false)
    private String browser;

    @Column(nullable = false)
    private OffsetDateTime created;

    @Column(nullable = false)
    private OffsetDateTime used;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Login() {}

    Login(String tokenHash, UUID account, String csrfToken, String browser, OffsetDateTime now) {
        this.browser = browser;
        this.tokenHash = tokenHash;
        this.account = account;
        this.csrfToken = csrfToken;
        this.created = now;
        this.used = now;
    }

    /** The CSRF token that each form of this login has to post. */
    String csrfToken() {
        return csrfToken;
    }

    /** Names it, without being its token. */
    public String key() {
        return tokenHash;
    }

    /** What the browser has said it is; empty if that says nothing. */
    public String browser() {
        return browser;
    }

    public OffsetDateTime created() {
        return created;
    }

    /** About when it was used last. */
    public OffsetDateTime used() {
        return used;
    }
}
