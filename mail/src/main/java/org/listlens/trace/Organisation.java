package org.listlens.trace;

/**
 * Whether names of hosts belong to one organisation, by a rule of thumb instead of a list of all public suffixes: they
 * share the last two labels, or three where the last two are those under which a country registers names, as in
 * {@code co.uk}.
 */
final class Organisation {
    private Organisation() {}

    /**
     * How many labels two names share at their ends, both in lower case; 0 where these do not make an organisation.
     */
    static int sharedLabels(String a, String b) {
        int i = a.length();
        int j = b.length();
        int labels = 0;
        int second = 0;
        while (i > 0 && j > 0 && a.charAt(i - 1) == b.charAt(j - 1)) {
            i--;
            j--;
            if (a.charAt(i) == '.') {
                labels++;
                second = labels == 1 ? i : second;
            }
        }
        boolean isWhole = (i == 0 || a.charAt(i - 1) == '.') && (j == 0 || b.charAt(j - 1) == '.');
        if (isWhole && i < a.length() && a.charAt(i) != '.') {
            labels++;
        }
        if (labels < 2) {
            return 0;
        }
        // Where one of the names ends here, it is registered itself: web.de.
        boolean registered = labels > 2 || i == 0 || j == 0;
        return registered || !isRegistry(a, second) ? labels : 0;
    }

    /** Whether the label that ends at a dot is one of those under which a country registers names. */
    private static boolean isRegistry(String name, int dot) {
        if (name.length() - dot != 3) {
            return false;
        }
        return switch (name.substring(name.lastIndexOf('.', dot - 1) + 1, dot)) {
            case "ac", "co", "com", "edu", "go", "gob", "gov", "ltd", "mil", "ne", "net", "or", "org", "plc" -> true;
            default -> false;
        };
    }
}
