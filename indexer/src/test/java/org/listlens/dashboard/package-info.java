/**
 * What the dashboards show, in one class each, and the builder that makes the files in {@code dashboards/} of it:
 * {@link org.listlens.dashboard.DashboardFilesTest} keeps those at what is said here. A dashboard is a sequence of panels
 * with titles, aggregations and sizes; {@link org.listlens.dashboard.Chart} and its neighbours write them as saved objects,
 * with no attribute that OpenSearch Dashboards 2.8 or Kibana 7.10 does not know. The tests of the files read them on their
 * own and know nothing of the builder.
 */
@NullMarked
package org.listlens.dashboard;

import org.jspecify.annotations.NullMarked;
