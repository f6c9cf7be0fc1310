package dev.pptpd;

/** Entry point of the {@code pptpd} command. */
public final class Main {
    private Main() {}

    /** Runs the server. */
    public static void main(String[] args) {
        System.exit(0);
    }
}
