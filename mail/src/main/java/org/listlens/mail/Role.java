package org.listlens.mail;

/** What a participant is to a mail: the address fields of RFC 5322 §3.6.2 and §3.6.3. */
public enum Role {
    FROM,
    SENDER,
    REPLY_TO,
    TO,
    CC,
    BCC
}
