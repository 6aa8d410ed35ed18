/** What a conversation with a model is made of: messages, tool calls and their results, token usage. Pure records, known to all. */
@NullMarked
package app.patter.chat;

import org.jspecify.annotations.NullMarked;
