package app.patter.admin;

import java.util.Map;

/**
 * What follows a request to a form: the form, or another page when all is done.
 *
 * @param status HTTP status of the form
 * @param template of the form
 * @param values for the template
 * @param next path of the page to go to; empty to show the form
 */
public record FormView(int status, String template, Map<String, Object> values, String next) {

    static FormView done(String next) {
        return new FormView(303, "", Map.of(), next);
    }
}
