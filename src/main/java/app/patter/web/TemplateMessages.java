package app.patter.web;

import app.patter.text.Messages;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** What templates write as {@code #{key}} or {@code #{key(argument)}}. */
final class TemplateMessages extends AbstractMessageResolver {

    private static final Object[] NONE = {};

    private final Messages messages;

    TemplateMessages(Messages messages) {
        this.messages = messages;
    }

    @Override
    public String resolveMessage(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] arguments) {
        return messages.text(key, arguments == null ? NONE : arguments);
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] arguments) {
        throw new IllegalStateException("resolveMessage has refused " + key);
    }
}
