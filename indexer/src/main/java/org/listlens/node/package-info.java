/**
 * The life of the embedded engine as the commands see it: start one if there is none, wait until it is ready, say
 * where it is, stop it. There is one engine per data folder however many commands run side by side; the engine's own
 * process (module {@code embedded}) locks the folder for its life, so what a killed engine leaves behind is never
 * believed, and what answers on a port is believed only when it knows the id of its start. Nothing here depends on the
 * engine's libraries: the two sides share only the files of the engine folder, which the package of
 * {@code org.listlens.embedded.EmbeddedEngine} lists.
 */
@NullMarked
package org.listlens.node;

import org.jspecify.annotations.NullMarked;
