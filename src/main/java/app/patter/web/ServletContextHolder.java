package app.patter.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.jspecify.annotations.Nullable;

/** The deployed application. (The server's own injected {@link ServletContext} works only inside requests.) */
@ApplicationScoped
public class ServletContextHolder {

    private volatile @Nullable ServletContext context;

    /** The application's context, on any thread. */
    public ServletContext context() {
        ServletContext known = context;
        if (known == null) {
            throw new IllegalStateException("the application is still being deployed");
        }
        return known;
    }

    void deployed(ServletContext deployed) {
        context = deployed;
    }

    /** Called by the server before the first request. */
    @WebListener
    public static class Deployed implements ServletContextListener {

        @Inject
        private ServletContextHolder servletContext;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            servletContext.deployed(event.getServletContext());
        }
    }
}
