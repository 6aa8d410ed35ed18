package app.patter.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A link with which a person may set a password, once; the link holds the token, the table its hash. */
@Entity
@Table(name = "password_reset")
@NamedQuery(
        name = PasswordReset.WITH_ACCOUNT,
        query = "select a from PasswordReset r, Account a where r.tokenHash = :hash and r.account = a.id"
                + " and r.created > :since and a.disabled = false")
@NamedQuery(
        name = PasswordReset.USE,
        query = "delete from PasswordReset r where r.tokenHash = :hash and r.created > :since")
@NamedQuery(name = PasswordReset.END, query = "delete from PasswordReset r where r.account = :account")
@NamedQuery(name = PasswordReset.EXPIRE, query = "delete from PasswordReset r where r.created < :before")
public class PasswordReset {

    static final String WITH_ACCOUNT = "PasswordReset.withAccount";
    static final String USE = "PasswordReset.use";
    static final String END = "PasswordReset.end";
    static final String EXPIRE = "PasswordReset.expire";

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "account_id", nullable = false)
    private UUID account;

    @Column(nullable = false)
    private OffsetDateTime created;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected PasswordReset() {}

    PasswordReset(String tokenHash, UUID account, OffsetDateTime created) {
        this.tokenHash = tokenHash;
        this.account = account;
        this.created = created;
    }
}
