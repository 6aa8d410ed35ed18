package app.patter.page;

import app.patter.conversation.WrongMessageException;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.ProblemMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Says what is wrong with the message that somebody wants to follow, edit or see. */
@Provider
@ApplicationScoped
public class WrongMessageMapper implements ExceptionMapper<WrongMessageException> {

    @Inject
    private ProblemMapper problems;

    @Override
    public Response toResponse(WrongMessageException wrong) {
        ProblemCode code =
                switch (wrong.reason()) {
                    case NOT_A_QUESTION -> ProblemCode.NOT_A_QUESTION;
                    case NOT_AN_ANSWER -> ProblemCode.NOT_AN_ANSWER;
                    case DELETED -> ProblemCode.MESSAGE_DELETED;
                    case GONE -> ProblemCode.TOO_LATE;
                };
        return problems.toResponse(new ProblemException(code));
    }
}
