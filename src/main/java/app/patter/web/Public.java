package app.patter.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks resources that can be used without being logged in. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Public {

    /** Whether the answer is the same for everybody, so that nobody has to be looked up. */
    boolean toAllAlike() default false;
}
