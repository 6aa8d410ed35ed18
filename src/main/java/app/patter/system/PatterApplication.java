package app.patter.system;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of the WAR. They own every path, so that addresses are the same on every server. */
@ApplicationPath("/")
public class PatterApplication extends Application {}
