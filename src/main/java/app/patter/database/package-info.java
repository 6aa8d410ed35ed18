/** The database: where it is, its connection, its tables. */
@NullMarked
package app.patter.database;

import org.jspecify.annotations.NullMarked;
