package org.listlens.engines;

import java.io.Reader;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * The character filter {@code pattern_replace}, by Lucene's class for it. Every installation of Elasticsearch has it in
 * its module {@code analysis-common}, which Maven Central has not.
 */
public final class PatternReplace extends Plugin implements AnalysisPlugin {
    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of(
                "pattern_replace",
                AnalysisPlugin.requiresAnalysisSettings((index, environment, name, settings) ->
                        new Filter(name, Pattern.compile(settings.get("pattern")), settings.get("replacement", ""))));
    }

    private record Filter(String name, Pattern pattern, String replacement) implements CharFilterFactory {
        @Override
        public Reader create(Reader text) {
            return new PatternReplaceCharFilter(pattern, replacement, text);
        }
    }
}
