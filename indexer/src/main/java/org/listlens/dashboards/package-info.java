/**
 * The dashboards that come with the program, on their way into OpenSearch Dashboards or Kibana: {@code dashboards/} has a
 * file of saved objects for each, complete with its index patterns, so that anybody can import one by hand. Here the user's
 * table of web archives is written into them, and they are sent to a server or into a folder.
 */
@NullMarked
package org.listlens.dashboards;

import org.jspecify.annotations.NullMarked;
