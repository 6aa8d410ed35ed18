/** The pages of conversations and what people do on them. */
@NullMarked
package app.patter.page;

import org.jspecify.annotations.NullMarked;
