package app.patter.account;

import app.patter.web.AdministratorOnly;
import app.patter.web.BearerOnly;
import app.patter.web.Public;
import app.patter.web.Takes;
import app.patter.web.Takes.BodyKind;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a resource's method says about those who call it.
 *
 * @param forProgramsOnly it takes API tokens and no cookies
 * @param alikeForAll nobody has to be looked up
 * @param withoutLogin it can be used without being logged in
 * @param administratorOnly whoever uses it must be an administrator
 * @param body what it takes if it is posted to
 */
record ResourceRules(
        boolean forProgramsOnly, boolean alikeForAll, boolean withoutLogin, boolean administratorOnly, BodyKind body) {

    static ResourceRules of(ResourceInfo resource) {
        return of(resource.getResourceClass(), resource.getResourceMethod());
    }

    static ResourceRules of(Class<?> type, Method method) {
        Public open = open(type, method);
        Takes takes = method.getAnnotation(Takes.class);
        return new ResourceRules(
                type.isAnnotationPresent(BearerOnly.class),
                open != null && open.toAllAlike(),
                open != null,
                type.isAnnotationPresent(AdministratorOnly.class),
                takes == null ? BodyKind.FORM : takes.value());
    }

    private static @Nullable Public open(Class<?> type, Method method) {
        Public own = method.getAnnotation(Public.class);
        return own == null ? type.getAnnotation(Public.class) : own;
    }
}
