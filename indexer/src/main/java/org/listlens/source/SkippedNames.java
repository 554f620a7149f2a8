package org.listlens.source;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that stand beside mails and never hold any: hidden ones, the notes and indices of mail software, the
 * pages of web archives, and the manifest of a generated archive. Told by name and place alone, so that a folder and a tar
 * or zip of it leave out the same.
 */
final class SkippedNames {
    private static final Set<String> NAMES = Set.of(
            "maildirsize",
            "maildirfolder",
            "subscriptions",
            "thumbs.db",
            "desktop.ini",
            "manifest.ndjson",
            "manifest-summary.json",
            // Thunderbird
            "msgfilterrules.dat",
            "filterlog.html",
            "popstate.dat",
            "virtualfolders.dat",
            "panacea.dat",
            "feeditems.json",
            "feeditems.rdf",
            "feeds.json",
            "feeds.rdf",
            "foldertree.json",
            "foldercache.json",
            "nstmp",
            // Apple Mail
            "table_of_contents",
            "info.plist",
            // Mailman
            "pipermail.pck",
            "index.html",
            "thread.html",
            "subject.html",
            "author.html",
            "date.html",
            // Google Takeout
            "archive_browser.html");

    private static final String[] PREFIXES = {".", "dovecot", "courierimap", "courierpop3"};
    private static final String[] SUFFIXES = {
        ".msf", ".cmeta", ".ibex.index", ".ibex.index.data", ".lock", ".emlxpart", ".mozmsgs"
    };

    /** What a Thunderbird profile keeps mails in. */
    private static final Set<String> IN_PROFILE = Set.of("Mail", "ImapMail", "News");

    /** Numbers by their value and in front of everything else, as MH counts mails; the rest as UTF-16. */
    static final Comparator<String> ORDER = SkippedNames::compare;

    private SkippedNames() {}

    /** Whether a file of this name holds no mail, wherever it lies. */
    static boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NAMES.contains(lower) || isPage(lower)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (lower.startsWith(prefix)) {
                return true;
            }
        }
        for (String suffix : SUFFIXES) {
            if (lower.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file or folder that lies in a folder of the name {@code parent} holds no mail because of that. */
    static boolean containsIn(String parent, String name) {
        return name.endsWith(".mozmsgs")
                || (parent.equals("Takeout") && !name.equals("Mail"))
                || (parent.equals("Mail") && name.equalsIgnoreCase("User Settings"))
                || (name.equals("Attachments") && (parent.equals("Data") || isNumber(parent)))
                || (parent.equals("attachments") && name.length() == 8 && isNumber(name))
                || (isProfile(parent) && !IN_PROFILE.contains(name));
    }

    /** Whether MH has deleted the mail of this name: {@code ,12}, or {@code #12} as older versions have it. */
    static boolean isDeleted(String name) {
        return name.length() > 1 && (name.charAt(0) == ',' || name.charAt(0) == '#') && isNumber(name.substring(1));
    }

    static boolean isNumber(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** A mail's page in a Pipermail archive: {@code 000123.html}. */
    private static boolean isPage(String name) {
        return name.length() == 11 && name.endsWith(".html") && isNumber(name.substring(0, 6));
    }

    /** The name that Thunderbird gives to the folder of a profile: {@code 0a1b2c3d.default-release}. */
    private static boolean isProfile(String name) {
        return name.length() >= 16 && name.startsWith(".default", 8) && name.indexOf('.') == 8;
    }

    private static int compare(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        if (number) {
            int oneStart = zeros(one);
            int otherStart = zeros(other);
            int digits = Integer.compare(one.length() - oneStart, other.length() - otherStart);
            int value = digits != 0 ? digits : one.substring(oneStart).compareTo(other.substring(otherStart));
            if (value != 0) {
                return value;
            }
        }
        return one.compareTo(other);
    }

    private static int zeros(String number) {
        int zeros = 0;
        while (zeros < number.length() && number.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
