/**
 * Saves what generations write: everything that became due goes into one transaction, and readers are woken after its
 * commit. Nothing is shown that is not saved.
 */
@NullMarked
package app.patter.journal;

import org.jspecify.annotations.NullMarked;
