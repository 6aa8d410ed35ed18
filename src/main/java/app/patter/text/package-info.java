/** What people read: the texts of the resource bundle, and what chooses one of them by its code. */
@NullMarked
package app.patter.text;

import org.jspecify.annotations.NullMarked;
