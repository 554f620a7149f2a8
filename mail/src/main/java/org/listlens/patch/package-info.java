/**
 * Patches and trailers: what a mail says of the patch that it is or introduces ({@link org.listlens.patch.PatchParser}),
 * and the trailers that its author gives ({@link org.listlens.patch.TrailerParser}). The subject's brackets are the
 * first evidence ({@link org.listlens.patch.PatchSubject}), the author's own diff, as the lines of the text are classed
 * by {@code quote}, is the second ({@link org.listlens.patch.PatchBody}). Everything depends on the one mail; which mails
 * make a series is found out from the keys that each patch has ({@link org.listlens.patch.SeriesKeys}).
 */
@NullMarked
package org.listlens.patch;

import org.jspecify.annotations.NullMarked;
