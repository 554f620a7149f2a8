package org.listlens.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An engine that answered.
 *
 * @param url where HTTP answers, without a slash at the end, such as {@code http://127.0.0.1:41234}
 * @param pid its process
 * @param started when its process began
 * @param version the version of OpenSearch
 * @param log its log file
 */
public record RunningEngine(URI url, long pid, Instant started, String version, Path log) {}
