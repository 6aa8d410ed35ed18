/** The tools that Patter brings along. */
@NullMarked
package app.patter.tool.builtin;

import org.jspecify.annotations.NullMarked;
