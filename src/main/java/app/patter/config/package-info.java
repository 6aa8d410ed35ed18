/** What the other packages stand on: settings, threads, health, headers and the start. */
@NullMarked
package app.patter.config;

import org.jspecify.annotations.NullMarked;
