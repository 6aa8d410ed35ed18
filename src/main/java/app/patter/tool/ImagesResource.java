package app.patter.tool;

import app.patter.account.CurrentUser;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Permission;
import app.patter.web.ProblemException;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Pictures that tools have answered with, for those whose conversation it is. */
@Path("/c/{conversation}/images/{image}")
public class ImagesResource {

    @Inject
    private Images images;

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    /** A picture never changes, and is nobody else's business. */
    @GET
    public Response get(@PathParam("conversation") String conversation, @PathParam("image") String image) {
        ToolAnswer.Image found = images.find(
                        accessControl.open(user.id(), Uuids.parse(conversation), Permission.READ), Uuids.parse(image))
                .orElseThrow(ProblemException::notFound);
        return Response.ok(found.content(), found.type())
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .build();
    }
}
