/**
 * What each kind of server has in common that administrators set up in the browser: its form, its rows, its secret, and
 * the copy that every node keeps. A kind says only what is its own: a {@link app.patter.admin.StoredServer} with its
 * columns, a {@link app.patter.admin.ServerForm} with its fields, a {@link app.patter.admin.ServerKind} and a {@link
 * app.patter.admin.ServerFormKind}.
 */
@NullMarked
package app.patter.admin;

import org.jspecify.annotations.NullMarked;
