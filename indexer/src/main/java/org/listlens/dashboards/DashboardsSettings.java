package org.listlens.dashboards;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where OpenSearch Dashboards or Kibana is and how to log in there. {@link #toString} shows no secrets.
 *
 * @param url with its base path, and the space or workspace where one is wanted; without a slash at the end
 * @param authorization the value of the header; {@code null} where nobody is asked
 * @param caFile PEM file with the certificates that are trusted, instead of those of the JDK
 * @param insecure whether any certificate is trusted
 */
public record DashboardsSettings(
        URI url, @Nullable String authorization, @Nullable Path caFile, boolean insecure) {
    private static final int LAST_PORT = 65_535;

    /**
     * Reads an address; {@code host:5601} stands for {@code http://host:5601}.
     *
     * @throws IllegalArgumentException with a sentence for the user when it is malformed
     */
    public static URI parse(String address) {
        String whole = address.contains("://") ? address : "http://" + address;
        try {
            URI url = new URI(whole.replaceFirst("/+$", ""));
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() == null
                    || url.getPort() > LAST_PORT
                    || url.getRawQuery() != null
                    || url.getRawFragment() != null
                    || url.getRawUserInfo() != null
                    || !(scheme.equals("http") || scheme.equals("https"))) {
                throw malformed(address);
            }
            return url;
        } catch (URISyntaxException e) {
            // Which has the whole address in its message, a password included.
            throw malformed(address);
        }
    }

    private static IllegalArgumentException malformed(String address) {
        int at = address.lastIndexOf('@');
        return new IllegalArgumentException("The address \"" + (at < 0 ? address : "…" + address.substring(at))
                + "\" is no URL of OpenSearch Dashboards: give one such as http://localhost:5601, with its base path"
                + " and without a user.");
    }

    @Override
    public String toString() {
        return url + (authorization == null ? "" : " (with login)");
    }
}
