package app.patter.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what kind of body a resource's method takes; without it, a form. {@code @Consumes} narrows the media type further. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

    BodyKind value();

    enum BodyKind {
        /** Read into {@link FormData} before the method runs; the CSRF token may be one of its fields. */
        FORM,

        /**
         * Read by the method itself, such as a file or JSON, after it is known who sends it. The CSRF token comes in the
         * header {@code X-Patter-Forgery}.
         */
        RAW
    }
}
