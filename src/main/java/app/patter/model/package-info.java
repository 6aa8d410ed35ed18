/**
 * The models that can be asked. {@link app.patter.model.ModelRegistry} knows them from the settings, from what
 * administrators add in the browser, and from what is found on loopback: it asks servers for their lists ({@link
 * app.patter.model.ModelDiscovery}), offers what administrators choose ({@link app.patter.model.ModelChoices}), and sends
 * what fits ({@link app.patter.model.ChatRequests}).
 */
@NullMarked
package app.patter.model;

import org.jspecify.annotations.NullMarked;
