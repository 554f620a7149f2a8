package org.listlens.node;

import java.nio.file.Path;
import java.util.Map;

/** Where the user's data is when nothing says otherwise. */
public final class DataFolder {
    private DataFolder() {}

    /** The folder of this process's environment. */
    public static Path standard() throws LocalEngineException {
        return standard(System.getenv(), System.getProperty("user.home", ""));
    }

    /**
     * {@code $XDG_DATA_HOME/listlens}, else {@code ~/.local/share/listlens} (XDG Base Directory Specification: a
     * relative XDG_DATA_HOME is ignored). The home is {@code $HOME}, as the shell has it.
     *
     * @param userHome the property user.home, for an environment without HOME; "?" for a user without a home
     */
    static Path standard(Map<String, String> environment, String userHome) throws LocalEngineException {
        String xdg = environment.get("XDG_DATA_HOME");
        if (xdg != null && !xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "listlens");
        }
        String variable = environment.get("HOME");
        String home = variable != null && Path.of(variable).isAbsolute() ? variable : userHome;
        if (home.isEmpty() || !Path.of(home).isAbsolute()) {
            throw new LocalEngineException(
                    "There is no home folder to keep data in: name a folder with --data or LISTLENS_DATA.");
        }
        return Path.of(home, ".local", "share", "listlens");
    }
}
