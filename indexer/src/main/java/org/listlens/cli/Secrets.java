package org.listlens.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Passwords, keys and tokens, none of which stand on the command line. */
final class Secrets {
    private static final int LONGEST = 1 << 16;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /** The login of an address, up to its last at sign, because one may be part of a password. */
    private static final Pattern LOGIN =
            Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*+://)?[^/@:]*+:.*@", Pattern.DOTALL);

    /** The login of a URL within a text. */
    private static final Pattern LOGIN_WITHIN = Pattern.compile("://([^/@:\\s\"']*+):[^/\\s\"']*@");

    private Secrets() {}

    /**
     * One from the environment or the configuration file; {@code null} when it is in neither.
     *
     * @param spec of the command
     * @param name as in the configuration file
     */
    static @Nullable String find(@Nullable CommandSpec spec, String name) {
        Configuration.Value value =
                spec == null ? null : Main.of(spec).configuration().find(name);
        return value == null ? null : value.value();
    }

    /** One from a file if that is given, else as {@link #find} does. */
    static @Nullable String password(@Nullable CommandSpec spec, @Nullable Path file, String name) {
        if (file == null) {
            return find(spec, name);
        }
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The password file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): name one that holds the password and nothing else.",
                    e);
        }
        if (octets.length > LONGEST) {
            throw new ConfigurationException("The password file " + file
                    + " is too long for one: name a file that holds the password and nothing else.");
        }
        if (isOthers(file)) {
            System.err.println(
                    "Warning: the password file " + file + " can be read by others: chmod 600 keeps it to yourself.");
        }
        return new String(octets, StandardCharsets.UTF_8).strip();
    }

    private static boolean isOthers(Path file) {
        try {
            return Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks for a password on the terminal, where there is one; {@code null} where there is none. */
    static @Nullable String ask(String user, String where) {
        Console console = Boolean.getBoolean("listlens.prompt") ? System.console() : null;
        if (console == null) {
            return null;
        }
        char[] typed = console.readPassword("Password of %s at %s: ", user, where);
        return typed == null || typed.length == 0 ? null : new String(typed);
    }

    /**
     * Refuses a password in a URL of the command line, which the list of processes shows.
     *
     * @param what has the URL, as in {@code --url}
     * @param instead where to give it
     */
    static void refuseIn(String what, String url, String instead) {
        if (hasPassword(url)) {
            throw new UsageException("The URL of " + what
                    + " has a password, which the list of processes shows: leave it out and give it in " + instead
                    + ".");
        }
    }

    /** The same for the URLs among arguments. */
    static void refuseIn(List<String> arguments, String instead) {
        for (String argument : arguments) {
            int scheme = argument.indexOf("://");
            int slash = scheme < 0 ? -1 : argument.indexOf('/', scheme + 3);
            if (scheme > 0) {
                refuseIn("an archive", slash < 0 ? argument : argument.substring(0, slash), instead);
            }
        }
    }

    /** Whether any of several addresses with commas between has a password. */
    private static boolean hasPassword(String addresses) {
        for (String address : addresses.split(",", -1)) {
            if (LOGIN.matcher(address).find()) {
                return true;
            }
        }
        return false;
    }

    /** A text without the passwords in its URLs. */
    static String masked(String text) {
        return LOGIN_WITHIN.matcher(text).replaceAll("://$1:********@");
    }
}
