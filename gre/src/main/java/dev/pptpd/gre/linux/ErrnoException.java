package dev.pptpd.gre.linux;

import java.io.IOException;

/** A system call failed in a way that is not an everyday result of that call. */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * @param call the system call or kernel request, for example {@code ioctl(TUNSETIFF)}
     * @param errno the positive error number, see {@link Errno}
     * @param detail what was being tried, for the operator: {@code device ppp3}
     */
    public ErrnoException(String call, int errno, String detail) {
        super(call + ": " + Errno.name(errno) + ": " + detail);
        this.call = call;
        this.errno = errno;
    }

    /**
     * Returns {@code result} when it is not negative, else throws with the error number it carries.
     */
    public static int check(int result, String call, String detail) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(call, -result, detail);
        }
        return result;
    }

    /** The system call or kernel request that failed. */
    public String call() {
        return call;
    }

    /** The positive error number. */
    public int errno() {
        return errno;
    }
}
