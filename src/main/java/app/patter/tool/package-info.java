/** Tools that models may call: built-in ones and those of servers of the Model Context Protocol. */
@NullMarked
package app.patter.tool;

import org.jspecify.annotations.NullMarked;
