/**
 * The report: what is in the index, told by one HTML page that needs nothing else. {@link org.listlens.report.Report}
 * asks the engine for sums, by list and by period of time, of which delays are counted in {@link
 * org.listlens.report.LogBuckets}, so that the page can tell percentiles of any list and period that its reader picks
 * without asking anybody. {@link org.listlens.report.Page} puts them as JSON into the page, beside the scripts that draw
 * them. What strangers wrote goes through {@link org.listlens.report.SafeText}.
 */
@NullMarked
package org.listlens.report;

import org.jspecify.annotations.NullMarked;
