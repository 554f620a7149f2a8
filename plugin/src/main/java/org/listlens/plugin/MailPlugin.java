package org.listlens.plugin;

import java.util.Map;
import org.opensearch.ingest.Processor;
import org.opensearch.plugins.IngestPlugin;
import org.opensearch.plugins.Plugin;

/** What a node loads: it brings the ingest processor {@code mail} and nothing else. */
public final class MailPlugin extends Plugin implements IngestPlugin {
    /** Called by the node. */
    public MailPlugin() {}

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return Map.of(MailProcessor.TYPE, new MailProcessorFactory());
    }
}
