/** Reading and writing JSON: builders, and a matcher that reads a few fields of known shape without building objects. Pure. */
@NullMarked
package app.patter.json;

import org.jspecify.annotations.NullMarked;
