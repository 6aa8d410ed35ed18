/** Finds conversations by what was said in them, with an index that follows the database. */
@NullMarked
package app.patter.search;

import org.jspecify.annotations.NullMarked;
