package dev.pptpd;

/** The exit codes, those of sysexits(3) where one fits. */
enum ExitCode {
    OK(0),
    /** EX_USAGE: a flag that does not exist or lacks its value; 1 as PoPToP has it. */
    USAGE(1),
    /** EX_UNAVAILABLE: the address is taken. */
    UNAVAILABLE(69),
    /** EX_SOFTWARE: a mistake of ours. */
    SOFTWARE(70),
    /** EX_OSERR: the kernel refuses something that is needed. */
    OS_ERROR(71),
    /** EX_CANTCREAT: the pid file cannot be written. */
    CANNOT_CREATE(73),
    /** EX_NOPERM: a capability is missing. */
    NO_PERMISSION(77),
    /** EX_CONFIG: a fault in the files. */
    CONFIGURATION(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
