package app.patter.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Owners may do everything with what is theirs. */
@ApplicationScoped
class OwnerRule implements AccessRule {

    @Override
    public boolean permits(UUID account, Conversation conversation, Permission permission) {
        return conversation.owner().equals(account);
    }
}
