package dev.pptpd.ppp.auth;

import java.util.Collection;

/**
 * How patient one end of a login is, by whatever method.
 *
 * @param chap of all forms of CHAP
 * @param pap of PAP
 * @param maxTries logins that may be wrong in one link, the last one included; a server's limit
 */
public record LoginLimits(ChapTimer chap, PapTimer pap, int maxTries) {
    /** How long somebody may take to think of a new password, in milliseconds. */
    public static final int USER_MILLIS = 300_000;

    /** pppd's timers, and three tries. */
    public static final LoginLimits DEFAULT =
            new LoginLimits(ChapTimer.DEFAULT, PapTimer.DEFAULT, 3);

    /** The longest time that a login by any of these takes, in milliseconds; 0 for no limit. */
    public int timeoutMillis(Collection<LoginMethod> methods) {
        int longest = 0;
        for (LoginMethod method : methods) {
            int timeoutMillis =
                    switch (method) {
                        case EAP, MS_CHAP_V2, MS_CHAP_V1, CHAP_MD5 -> chap.timeoutMillis();
                        case PAP -> pap.timeoutMillis();
                    };
            if (timeoutMillis == 0) {
                return 0;
            }
            longest = Math.max(longest, timeoutMillis);
        }
        return longest;
    }
}
