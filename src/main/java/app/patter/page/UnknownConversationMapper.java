package app.patter.page;

import app.patter.conversation.UnknownConversationException;
import app.patter.web.ProblemException;
import app.patter.web.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers alike for what does not exist and for what belongs to somebody else. */
@Provider
@ApplicationScoped
public class UnknownConversationMapper implements ExceptionMapper<UnknownConversationException> {

    @Inject
    private ProblemMapper problems;

    @Override
    public Response toResponse(UnknownConversationException unknown) {
        return problems.toResponse(ProblemException.notFound());
    }
}
