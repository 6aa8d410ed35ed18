package app.patter.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses to which paths are added. A query, such as Azure's {@code ?api-version=…}, stays behind whatever is added. */
public final class BaseAddress {

    private BaseAddress() {}

    /** What somebody wrote, with a slash at the end of its path. */
    public static URI of(String written) throws URISyntaxException {
        int query = written.indexOf('?');
        String path = query < 0 ? written : written.substring(0, query);
        String rest = query < 0 ? "" : written.substring(query);
        return new URI((path.endsWith("/") ? path : path + "/") + rest);
    }

    /** The address of a path below it, which may have a query of its own. */
    public static URI below(URI base, String path) {
        URI address = base.resolve(path);
        String query = base.getRawQuery();
        if (query == null) {
            return address;
        }
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
    }
}
