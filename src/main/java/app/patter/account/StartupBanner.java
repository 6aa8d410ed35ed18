package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Says in the log where Patter is and how the first account is made. */
@Singleton
@Startup
@DependsOn("Lease")
public class StartupBanner {

    private static final Logger LOG = System.getLogger(StartupBanner.class.getName());

    @Inject
    private SetupCode setup;

    @PostConstruct
    void announce() {
        setup.announce();
        LOG.log(
                Level.INFO,
                "Patter is ready at {0}",
                Settings.ofProcess().address(Setting.URL).orElseThrow());
    }
}
