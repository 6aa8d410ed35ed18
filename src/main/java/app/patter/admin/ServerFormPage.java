package app.patter.admin;

import app.patter.secret.SecretException;
import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import java.util.HashMap;
import java.util.Map;

/** The form of one kind of server, in one request. No secret ever leaves through here. */
public final class ServerFormPage<E extends StoredServer, F extends ServerForm> {

    private final ServerFormKind<E, F> kind;
    private final ServerStore<E, F> store;
    private final Runnable changed;
    private final FormData form;

    /**
     * The form.
     *
     * @param changed lets this node know that something has changed; the others see it by themselves
     * @param form what this request posts
     */
    public ServerFormPage(ServerFormKind<E, F> kind, ServerStore<E, F> store, Runnable changed, FormData form) {
        this.kind = kind;
        this.store = store;
        this.changed = changed;
        this.form = form;
    }

    /** The empty form. */
    public FormView empty() {
        return view(200, "", "", kind.empty(), false);
    }

    /** Adds a server. */
    public FormView add() {
        return save("", false, () -> store.add(kind.read(form)));
    }

    /**
     * A server as it is.
     *
     * @throws ProblemException if there is none
     */
    public FormView get(String server) {
        E row = existing(server);
        Map<String, String> fields = new HashMap<>(kind.of(row));
        fields.put(ServerFields.NAME, row.name());
        fields.put(ServerFields.ADDRESS, kind.address(row));
        fields.put(ServerFields.HIDDEN, ServerFields.hidden(row.hidden()));
        return view(200, row.id().toString(), "", fields, row.hasSecret());
    }

    /**
     * Changes a server.
     *
     * @throws ProblemException if there is none
     */
    public FormView change(String server) {
        E row = existing(server);
        return save(server, row.hasSecret(), () -> store.change(row.id(), kind.read(form)));
    }

    /** Removes a server with all that was said about it. */
    public FormView remove(String server) {
        store.remove(Uuids.parse(server));
        return done();
    }

    private E existing(String server) {
        return store.server(Uuids.parse(server)).orElseThrow(ProblemException::notFound);
    }

    private FormView save(String id, boolean hasSecret, Runnable save) {
        try {
            save.run();
        } catch (FormException e) {
            return again(422, id, e.text(), hasSecret);
        } catch (SecretException e) {
            return again(500, id, e.text(), hasSecret);
        }
        return done();
    }

    private FormView done() {
        changed.run();
        return FormView.done(kind.path());
    }

    /** The form as it was filled in, but for the secret. */
    private FormView again(int status, String id, CodedText problem, boolean hasSecret) {
        Map<String, String> fields = new HashMap<>(kind.empty());
        fields.put(ServerFields.NAME, "");
        fields.put(ServerFields.ADDRESS, "");
        fields.put(ServerFields.HIDDEN, "");
        fields.put(kind.secret().forget(), "");
        fields.replaceAll((field, nothing) -> form.text(field));
        CodedText whole = form.filled(kind.secret().name()).isPresent()
                ? problem.then(kind.secret().lost())
                : problem;
        return view(status, id, Messages.english().text(whole), fields, hasSecret);
    }

    private FormView view(int status, String id, String problem, Map<String, String> fields, boolean hasSecret) {
        Map<String, String> all = new HashMap<>(Map.of(
                ServerFields.NAME,
                "",
                ServerFields.ADDRESS,
                "",
                ServerFields.HIDDEN,
                "",
                kind.secret().forget(),
                ""));
        all.putAll(fields);
        Map<String, Object> values = new HashMap<>(kind.choices());
        values.putAll(Map.of("id", id, "problem", problem, "fields", all, "hasSecret", hasSecret));
        return new FormView(status, kind.template(), values, "");
    }
}
