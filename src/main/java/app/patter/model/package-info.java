/**
 * Which models there are to choose from, as far as administrators say it in the browser: servers that they add, and what
 * they set for single models. {@link app.patter.model.ModelRegistry} uses it together with the settings and with what is
 * found on loopback.
 */
@NullMarked
package app.patter.model;

import org.jspecify.annotations.NullMarked;
