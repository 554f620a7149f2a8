package org.listlens.dashboard;

import java.util.Map;

/** Colours that colour-blind people can tell apart (Okabe and Ito), on light and dark ground. */
final class Palette {
    static final String BLUE = "#0072B2";
    static final String SKY = "#56B4E9";
    static final String GREEN = "#009E73";
    static final String ORANGE = "#E69F00";
    static final String RED = "#D55E00";
    static final String PINK = "#CC79A7";
    static final String YELLOW = "#B8A900";
    static final String GREY = "#999999";

    /** Results of authentication; those that say nothing bad are blue or green, those that do are red. */
    static final Map<String, String> RESULTS = Map.of(
            "pass", BLUE,
            "fail", RED,
            "softfail", ORANGE,
            "neutral", SKY,
            "none", YELLOW,
            "none noted", GREY,
            "temperror", PINK,
            "permerror", GREEN);

    private Palette() {}

    /** The colours of percentiles, by the names that Dashboards gives their lines. */
    static Map<String, String> percentiles(String label, int low, int middle, int high) {
        return Map.of(name(low, label), SKY, name(middle, label), BLUE, name(high, label), RED);
    }

    private static String name(int percent, String label) {
        return percent + "th percentile of " + label;
    }
}
