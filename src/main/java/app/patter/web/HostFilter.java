package app.patter.web;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Refuses requests for names that are not Patter's, before anything else sees them. */
@Provider
@ApplicationScoped
@Priority(0)
public class HostFilter implements ContainerRequestFilter {

    @Context
    private HttpServletRequest servletRequest;

    private final HostNames names = HostNames.of(
            Settings.ofProcess().address(Setting.URL).orElseThrow().getHost(),
            Settings.ofProcess().text(Setting.HOSTS).orElse(""));

    @Override
    public void filter(ContainerRequestContext request) {
        String name = servletRequest.getServerName();
        if (!names.allow(name)) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_HOST, name, Setting.URL.variable(), Setting.HOSTS.variable());
        }
    }
}
