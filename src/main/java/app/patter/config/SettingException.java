package app.patter.config;

/** A setting has a value that cannot be used; the message names the setting, the fault and the mend, but no secret. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SettingException(Setting setting, String shown, String mend) {
        super(setting.variable() + " (or the system property " + setting.property() + ")" + shown + ": " + mend);
    }
}
