package dev.pptpd.ppp.auth;

/**
 * How patient one end of a login is, by whatever method.
 *
 * @param chap of all forms of CHAP
 * @param maxTries logins that may be wrong in one link, the last one included; a server's limit
 */
public record LoginLimits(ChapTimer chap, int maxTries) {
    /** pppd's timers, and three tries. */
    public static final LoginLimits DEFAULT = new LoginLimits(ChapTimer.DEFAULT, 3);

    /** The longest time that a login takes, in milliseconds; 0 for no limit. */
    public int timeoutMillis() {
        return chap.timeoutMillis();
    }
}
