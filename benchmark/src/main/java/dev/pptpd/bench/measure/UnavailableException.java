package dev.pptpd.bench.measure;

/** This host lacks what a contestant is made of; the others are measured without it. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message says what is missing. */
    public UnavailableException(String message) {
        super(message);
    }
}
