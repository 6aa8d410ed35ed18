package app.patter.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A person who may log in. */
@Entity
@Table(name = "account")
@NamedQuery(name = Account.COUNT, query = "select count(a) from Account a")
@NamedQuery(name = Account.ALL, query = "select a from Account a order by a.name")
@NamedQuery(
        name = Account.ADMINISTRATORS,
        query = "select a from Account a where a.administrator = true and a.disabled = false order by a.id")
@NamedQuery(name = Account.DELETE, query = "delete from Account a where a.id = :id")
@NamedQuery(name = Account.NAMED, query = "select a from Account a where a.name = :name")
public class Account {

    static final String COUNT = "Account.count";
    static final String ALL = "Account.all";
    static final String NAMED = "Account.named";

    /** Those who can log in. */
    static final String ADMINISTRATORS = "Account.administrators";

    static final String DELETE = "Account.delete";

    @Id
    private UUID id;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String password;

    @Column(nullable = false)
    private boolean administrator;

    @Column(nullable = false)
    private boolean disabled;

    @Column(nullable = false)
    private OffsetDateTime created;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    Account(UUID id, String name, String password, boolean administrator, OffsetDateTime created) {
        this.id = id;
        this.name = name;
        this.password = password;
        this.administrator = administrator;
        this.created = created;
    }

    /** The same as a plain object: a request may last for hours, and must not keep a persistence context for that. */
    Account detached() {
        Account copy = new Account(id, name, password, administrator, created);
        copy.disabled = disabled;
        return copy;
    }

    public UUID id() {
        return id;
    }

    /** Name to log in with, in lower case. */
    public String name() {
        return name;
    }

    /** The hash of the password, with its parameters. */
    String password() {
        return password;
    }

    /** What a device keeps on which this person was logged in; another after each change of the password. */
    String deviceKey() {
        return Tokens.hash("device:" + password);
    }

    void rehash(String hash) {
        password = hash;
    }

    void disable(boolean now) {
        disabled = now;
    }

    void administrator(boolean now) {
        administrator = now;
    }

    /** Whether it can be used no more; what is its own is kept. */
    public boolean disabled() {
        return disabled;
    }

    /** Whether this person may make further accounts, and add model servers. */
    public boolean administrator() {
        return administrator;
    }
}
