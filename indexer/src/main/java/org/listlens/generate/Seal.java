package org.listlens.generate;

/**
 * An ARC set (RFC 8617).
 *
 * @param instance counts from 1
 * @param domain who sealed
 * @param cv what the seal says of the chain below it: {@code none} or {@code pass}
 * @param text its fields, each with its line end
 */
record Seal(int instance, String domain, String cv, String text) {
    /**
     * Seals a mail.
     *
     * @param host the name in the results
     * @param results what the sealer has found
     * @param clockMs the time by its clock
     * @param bodyHash of the body that it sends on
     */
    static Seal of(
            int instance, String domain, String host, String results, long clockMs, String bodyHash, Prng random) {
        Vouching.SigningKey key = Vouching.rsa(domain, "arc2020", "relaxed/relaxed");
        String cv = instance == 1 ? "none" : "pass";
        String number = "i=" + instance + "; ";
        String text = "ARC-Seal: " + number + "a=" + key.algorithm().label() + "; d=" + domain + "; s="
                + key.selector() + ";\n\tt=" + Math.floorDiv(clockMs, 1000L) + "; cv=" + cv + ";\n\tb="
                + Signature.folded(key.algorithm().signature(random)) + "\nARC-Message-Signature: " + number
                + Signature.tags(
                        key,
                        Math.floorDiv(clockMs, 1000L) * 1000,
                        bodyHash,
                        key.algorithm().signature(random))
                + "ARC-Authentication-Results: " + number + host + results + '\n';
        return new Seal(instance, domain, cv, text);
    }
}
