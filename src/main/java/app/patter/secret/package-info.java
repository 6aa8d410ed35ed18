/** Encrypts the keys that administrators store. */
@NullMarked
package app.patter.secret;

import org.jspecify.annotations.NullMarked;
