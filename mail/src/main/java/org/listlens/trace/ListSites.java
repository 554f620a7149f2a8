package org.listlens.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/** List sites whose hosts' names do not tell that they belong together: {@code list-sites.txt}. */
final class ListSites {
    private static final Map<String, List<String>> HOSTS = read("list-sites.txt");

    private ListSites() {}

    /** The hosts of the site of a list's domain, those with a leading dot as ends of names; empty when it is not known. */
    static List<String> hosts(String domain) {
        return HOSTS.getOrDefault(domain, List.of());
    }

    /** Whether a host is one of these. */
    static boolean contains(List<String> hosts, String host) {
        for (int i = 0; i < hosts.size(); i++) {
            String known = hosts.get(i);
            if (known.charAt(0) == '.' ? host.endsWith(known) : host.equals(known)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<String>> read(String resource) {
        Map<String, List<String>> sites = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(ListSites.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                StringTokenizer words = new StringTokenizer(line);
                if (words.hasMoreTokens() && !line.startsWith("#")) {
                    String domain = words.nextToken();
                    List<String> hosts = new ArrayList<>();
                    while (words.hasMoreTokens()) {
                        hosts.add(words.nextToken());
                    }
                    sites.put(domain, List.copyOf(hosts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read: " + resource, e);
        }
        return Map.copyOf(sites);
    }
}
