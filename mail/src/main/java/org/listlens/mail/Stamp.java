package org.listlens.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A time that a mail claims (RFC 5322 §3.3).
 *
 * @param instant the time in UTC
 * @param offset the zone as written; {@code null} when the mail says {@code -0000} or a zone that nobody knows, both of
 *     which are read as UTC (RFC 5322 §3.3, §4.3)
 */
public record Stamp(Instant instant, @Nullable ZoneOffset offset) {}
