package app.patter.container;

import org.jboss.arquillian.container.spi.client.deployment.DeploymentScenario;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.container.test.impl.client.deployment.event.GenerateDeployment;
import org.jboss.arquillian.core.api.Event;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.annotation.ClassScoped;
import org.jboss.arquillian.test.spi.context.ClassContext;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one server for all classes of tests that run inside it. Arquillian starts one for each class, which takes longer
 * than the tests. Arquillian finds this extension by {@code META-INF/services}.
 */
public final class OneDeployment implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Keeper.class);
    }

    /** Stands around what Arquillian does for each class, and lets it happen the first or the last time only. */
    public static final class Keeper {

        @Inject
        @ClassScoped
        private InstanceProducer<DeploymentScenario> current;

        @Inject
        private Instance<ClassContext> classes;

        @Inject
        private Event<UnDeployManagedDeployments> undeployments;

        private @Nullable DeploymentScenario kept;
        private @Nullable Class<?> first;
        private boolean deployed;
        private boolean ending;

        void generate(@Observes EventContext<GenerateDeployment> event) {
            if (kept == null) {
                event.proceed();
                kept = current.get();
                first = event.getEvent().getTestClass().getJavaClass();
            } else {
                current.set(kept);
            }
        }

        void deploy(@Observes EventContext<DeployManagedDeployments> event) {
            if (!deployed) {
                event.proceed();
                deployed = true;
            }
        }

        void undeploy(@Observes EventContext<UnDeployManagedDeployments> event) {
            if (ending) {
                event.proceed();
            }
        }

        /** Before Arquillian stops what it started for all classes. */
        void end(@Observes(precedence = 100) AfterSuite event) {
            if (!deployed) {
                return;
            }
            ending = true;
            ClassContext context = classes.get();
            context.activate(first);
            try {
                current.set(kept);
                undeployments.fire(new UnDeployManagedDeployments());
            } finally {
                context.deactivate();
            }
        }
    }
}
