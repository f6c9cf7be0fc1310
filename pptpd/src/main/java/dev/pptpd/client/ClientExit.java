package dev.pptpd.client;

/** How the {@code pptp} command ends: the codes of sysexits(3) where one fits. */
enum ClientExit {
    /** The end was asked for: SIGTERM, SIGINT, or only a question such as {@code --help}. */
    ASKED_FOR(0),
    /** A flag that does not exist or lacks its value; 1, as the server has it. */
    USAGE(1),
    /** EX_NOUSER: the server does not let this user in with this password. */
    AUTHENTICATION(67),
    /** EX_NOHOST: the server is not reached by TCP, or not by GRE. */
    NETWORK(68),
    /** EX_UNAVAILABLE: the server refused or ended it. */
    PEER_ENDED(69),
    /** EX_SOFTWARE: a mistake of ours. */
    INTERNAL(70),
    /** EX_OSERR: the kernel refuses the device, a route or a socket. */
    DEVICE(71),
    /** EX_CANTCREAT: the file of name servers cannot be written. */
    CANNOT_CREATE(73),
    /** EX_TEMPFAIL: the server has no address for us, now. */
    ADDRESS(75),
    /** EX_PROTOCOL: the two ends do not agree to the encryption. */
    ENCRYPTION(76),
    /** EX_NOPERM: a capability is missing. */
    NO_PERMISSION(77),
    /** EX_CONFIG: the file of the password cannot be used. */
    PASSWORD_FILE(78),
    /** The server did not prove that it knows the password: it is another one. */
    SERVER_NOT_PROVEN(79);

    private final int number;

    ClientExit(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * Whether the same attempt again may end otherwise. A refused login is not tried again: many
     * servers lock an account after a few of them.
     */
    boolean mayPass() {
        return switch (this) {
            case NETWORK, PEER_ENDED, DEVICE, ADDRESS, ENCRYPTION -> true;
            case ASKED_FOR,
                    USAGE,
                    AUTHENTICATION,
                    INTERNAL,
                    CANNOT_CREATE,
                    NO_PERMISSION,
                    PASSWORD_FILE,
                    SERVER_NOT_PROVEN ->
                    false;
        };
    }

    /** Whether it is about who may log in where: final at first, but not once it has worked. */
    boolean isAboutTrust() {
        return this == AUTHENTICATION || this == SERVER_NOT_PROVEN;
    }
}
