package dev.pptpd.ppp.auth;

/**
 * How often a peer may still be wrong in one link, by whatever method and in however many turns.
 */
public final class LoginTries {
    private int left;

    /**
     * @param tries logins that may be wrong, the last one included
     */
    public LoginTries(int tries) {
        this.left = tries;
    }

    /** Counts a wrong login; whether another try is allowed. */
    public boolean spend() {
        left = Math.max(0, left - 1);
        return left > 0;
    }
}
