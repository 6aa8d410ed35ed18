package app.patter.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks resources that speak JSON with programs. They take API tokens and no cookies, which is why nobody can forge a
 * request to them; everything but reading needs a token that may write.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BearerOnly {}
