package app.patter.provider;

/** A provider cannot do what was asked; {@link #failed} can be shown and says what to do. */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Delta.Failed failed;

    public ProviderException(Delta.Failed failed) {
        super(failed.error().code());
        this.failed = failed;
    }

    /** The same fault in the form in which a call reports it. */
    public Delta.Failed failed() {
        return failed;
    }
}
