/** Generations: the running jobs that write the assistant's messages, and what people do to them. */
@NullMarked
package app.patter.answer;

import org.jspecify.annotations.NullMarked;
