package org.listlens.people;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which persons the authors of mails are, known before the mails are written. Immutable. */
public final class KnownPersons {
    /** Nobody is known. */
    public static final KnownPersons NONE = new KnownPersons(Map.of());

    private final Map<Claim, String> ids;

    /** Whom {@link Persons} tells apart; the key only of an address that many people share. */
    record Claim(String address, boolean robot, @Nullable String key) {}

    KnownPersons(Map<Claim, String> ids) {
        this.ids = Map.copyOf(ids);
    }

    /**
     * The id of an author's person; {@code null} when nothing is known of the author.
     *
     * @param key the author's {@link PersonRules#key}
     */
    public @Nullable String id(String address, boolean robot, @Nullable String key) {
        return ids.isEmpty() ? null : ids.get(new Claim(address, robot, PersonRules.isShared(key) ? key : null));
    }
}
