/** Pages: templates, links, forms, assets and what a person sees when something goes wrong. */
@NullMarked
package app.patter.web;

import org.jspecify.annotations.NullMarked;
