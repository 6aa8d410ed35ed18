/** The built-in demo: answers from Patter's documentation and pasted text, without a network. */
@NullMarked
package app.patter.provider.demo;

import org.jspecify.annotations.NullMarked;
