/**
 * Bodies: MIME entities become {@link org.listlens.mail.Part}s, and the text that a reader sees becomes
 * {@link org.listlens.mail.BodyText}. The tree of entities is read over the octets of the mail without copying them
 * ({@link org.listlens.body.EntityReader}); only what is part of the text is decoded, from its transfer encoding, its
 * charset, and where it is HTML or {@code format=flowed}, from that. Nothing here fails on content: what cannot be read
 * as declared is read as something simpler and named as a {@link org.listlens.mail.Defect}.
 *
 * <p>Multiparts are split here and not by Angus Mail's {@code MimeMultipart}, for two reasons. It loses a part, and all
 * that follow, when no blank line ends the part's header, because it reads the header across the boundaries. And it
 * copies as many octets as the boundary is long for every octet or so of a body that resembles the boundary, which a
 * mail can turn into hours. Base64 and quoted-printable are decoded here because Angus either throws at the first octet
 * that does not belong or hides that there was one. Its uuencode decoder is used as it is.
 */
@NullMarked
package org.listlens.body;

import org.jspecify.annotations.NullMarked;
