package app.patter.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names under which this Patter may be asked. A page elsewhere can let a name of its own point to this machine, and would
 * then be of the same origin as Patter for a browser (DNS rebinding). It cannot do that with addresses, with
 * {@code localhost}, or with names that have no dot. Immutable.
 *
 * @param names in lower case
 */
record HostNames(Set<String> names) {

    /**
     * Those that are configured.
     *
     * @param own     host of Patter's own address
     * @param further separated by commas
     */
    static HostNames of(String own, String further) {
        Set<String> names = Arrays.stream((own + "," + further).split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return new HostNames(names);
    }

    /** @param name as a request names it, without a port; IPv6 addresses with or without brackets */
    boolean allow(String name) {
        String host = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return names.contains(host)
                || host.indexOf('.') < 0
                || host.endsWith(".localhost")
                || host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || host.indexOf(':') >= 0;
    }
}
