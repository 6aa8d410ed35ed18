package app.patter.admin;

/** A server of a third kind, with one column of its own. */
class Webhook extends StoredServer {

    private String event = "";

    void change(WebhookForm form) {
        event = form.event();
    }

    String event() {
        return event;
    }
}
