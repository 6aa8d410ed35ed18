package app.patter.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@link Assets}; the version in the path lets browsers keep them for a year. Files of libraries have the
 * library's version in their own path as well, so that one may ask for another beside it.
 */
@Public(toAllAlike = true)
@Path("/assets/{version}/{path: .+}")
public class AssetResource {

    @Inject
    private Assets assets;

    @GET
    public Response get(
            @PathParam("version") String version,
            @PathParam("path") String path,
            @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings) {
        Assets.Asset asset = assets.find("/" + path).orElseThrow(NotFoundException::new);
        boolean zip = encodings != null && encodings.contains("gzip") && asset.zipped().length < asset.content().length;
        boolean lasting = asset.version().equals(version) || path.startsWith("webjars/");
        Response.ResponseBuilder response = Response.ok(zip ? asset.zipped() : asset.content(), asset.type())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, lasting ? "public, max-age=31536000, immutable" : "no-cache");
        return zip ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").build() : response.build();
    }
}
