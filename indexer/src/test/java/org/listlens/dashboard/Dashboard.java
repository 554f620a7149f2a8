package org.listlens.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dashboard: panels from left to right and from top to bottom, on a grid 48 wide. */
final class Dashboard {
    private static final int WIDTH = 48;

    private final String name;
    private final String title;
    private final String description;
    private final String from;
    private final List<SavedObject> panels = new ArrayList<>();
    private final List<Map<String, Object>> places = new ArrayList<>();
    private int column;
    private int row;
    private int rowHeight;

    /**
     * @param name what its file is called
     * @param from what time it begins with when it is opened; it ends now
     */
    Dashboard(String name, String title, String description, String from) {
        this.name = name;
        this.title = title;
        this.description = description;
        this.from = from;
    }

    String name() {
        return name;
    }

    Dashboard add(int width, int height, Chart chart) {
        return add(width, height, chart.object());
    }

    /** Adds a panel to the right of the last one, or on a new row where it does not fit. */
    Dashboard add(int width, int height, SavedObject panel) {
        if (column + width > WIDTH) {
            column = 0;
            row += rowHeight;
            rowHeight = 0;
        }
        String number = String.valueOf(panels.size() + 1);
        places.add(Map.of(
                "version",
                "7.9.3",
                "panelIndex",
                number,
                "gridData",
                Map.of("x", column, "y", row, "w", width, "h", height, "i", number),
                "embeddableConfig",
                Map.of(),
                "panelRefName",
                "panel_" + panels.size()));
        panels.add(panel);
        column += width;
        rowHeight = Math.max(rowHeight, height);
        return this;
    }

    /** The file: its index patterns, its panels, and itself, one a line. */
    String file() {
        StringBuilder file = new StringBuilder();
        Set<String> patterns = new LinkedHashSet<>();
        for (SavedObject panel : panels) {
            panel.references().forEach(to -> patterns.add(to.id()));
        }
        for (Index index : Index.values()) {
            if (patterns.contains(index.id())) {
                file.append(index.pattern().line()).append('\n');
            }
        }
        panels.forEach(panel -> file.append(panel.line()).append('\n'));
        return file.append(object().line()).append('\n').toString();
    }

    private SavedObject object() {
        List<SavedObject.Reference> references = new ArrayList<>();
        for (SavedObject panel : panels) {
            references.add(new SavedObject.Reference("panel_" + references.size(), panel.type(), panel.id()));
        }
        Map<String, Object> attributes = Map.of(
                "title",
                title,
                "description",
                description,
                "hits",
                0,
                "version",
                1,
                "panelsJSON",
                Json.text(places),
                "optionsJSON",
                Json.text(Map.of("useMargins", true, "hidePanelTitles", false)),
                "timeRestore",
                true,
                "timeFrom",
                from,
                "timeTo",
                "now",
                "kibanaSavedObjectMeta",
                Map.of(
                        "searchSourceJSON",
                        Json.text(Map.of("query", Map.of("query", "", "language", "kuery"), "filter", List.of()))));
        return new SavedObject("dashboard", "listlens-" + name, attributes, references);
    }
}
