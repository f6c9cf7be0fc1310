package dev.pptpd.client;

/** The command cannot go on: one sentence for whoever called it, and how the process ends. */
final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ClientExit exit;

    ClientException(ClientExit exit, String sentence) {
        super(sentence);
        this.exit = exit;
    }

    ClientException(ClientExit exit, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exit = exit;
    }

    ClientExit exit() {
        return exit;
    }

    /** The sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
