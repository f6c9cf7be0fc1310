package dev.pptpd;

import dev.pptpd.net.ListenException;

/** The server cannot start: one sentence for the operator, and how the process ends. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    StartException(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    StartException(ExitCode exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** The address to listen on cannot be had. */
    static StartException of(ListenException cause) {
        ExitCode exitCode =
                switch (cause.obstacle()) {
                    case ADDRESS_IN_USE -> ExitCode.UNAVAILABLE;
                    case NOT_PERMITTED -> ExitCode.NO_PERMISSION;
                    case ADDRESS_NOT_OF_THIS_HOST, OTHER -> ExitCode.OS_ERROR;
                };
        return new StartException(exitCode, cause.getMessage() + ".", cause);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
