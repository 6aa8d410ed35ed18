package app.patter.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses to which paths are added. A query, such as Azure's {@code ?api-version=…}, stays behind whatever is added. */
public final class BaseAddress {

    private BaseAddress() {}

    /** What somebody wrote, with a slash at the end of its path, and a host in ASCII if that can be. */
    public static URI of(String written) throws URISyntaxException {
        int query = written.indexOf('?');
        String path = query < 0 ? written : written.substring(0, query);
        String rest = query < 0 ? "" : written.substring(query);
        return inAscii(new URI((path.endsWith("/") ? path : path + "/") + rest));
    }

    private static URI inAscii(URI address) throws URISyntaxException {
        String authority = address.getRawAuthority();
        if (address.getHost() != null || authority == null || authority.chars().allMatch(c -> c < 128)) {
            return address;
        }
        int port = authority.indexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        try {
            String ascii = IDN.toASCII(host) + (port < 0 ? "" : authority.substring(port));
            return new URI(address.getScheme() + "://" + ascii
                    + address.toString().substring(address.toString().indexOf(authority) + authority.length()));
        } catch (IllegalArgumentException e) {
            return address; // no name that a network knows; it has no host then
        }
    }

    /** Whether its host has an underscore, with which Java takes no host for one. */
    public static boolean hasUnderscore(URI address) {
        return address.getHost() == null
                && address.getRawAuthority() != null
                && address.getRawAuthority().indexOf('_') >= 0;
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
