package org.listlens.mailbox;

/** The server will not do what it was asked, and the connection goes on. The message is what it said. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String said) {
        super(said);
    }
}
