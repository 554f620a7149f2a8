/**
 * Alerts: conditions on the index that somebody wants to be told of. Each is a file in {@code alerts/} with a search whose
 * remaining buckets are what it fires on, as of any time; from it come a monitor for the Alerting plugin of OpenSearch,
 * Listlens' own evaluation, and the replay over history, which therefore agree.
 */
@NullMarked
package org.listlens.alert;

import org.jspecify.annotations.NullMarked;
