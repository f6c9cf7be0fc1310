package dev.pptpd.emulator;

/** The identifiers of a link: one counter for all its protocols, as in Windows. */
final class IdentifierCounter {
    private int next;

    IdentifierCounter(int first) {
        next = first;
    }

    int next() {
        return next++ & 0xff;
    }
}
