package dev.pptpd.gre.linux;

/**
 * An open file descriptor and the duty to close it, once. After {@link #close} the number is
 * refused, because by then it may belong to somebody else's file.
 *
 * <p>Used by one thread; an owner that shares it does its own locking.
 */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = -1;

    private int number;

    /** Takes over an open descriptor. */
    public Descriptor(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not a descriptor: " + number);
        }
        this.number = number;
    }

    /** The descriptor, for system calls. */
    public int number() {
        if (number == CLOSED) {
            throw new IllegalStateException("descriptor is closed");
        }
        return number;
    }

    /** Whether {@link #close} has not been called yet. */
    public boolean isOpen() {
        return number != CLOSED;
    }

    /**
     * Closes the descriptor. Linux releases the number whatever close(2) answers, so the answer is
     * not looked at.
     */
    @Override
    public void close() {
        if (number != CLOSED) {
            int closing = number;
            number = CLOSED;
            Libc.close(closing);
        }
    }
}
