package dev.pptpd.lab;

/**
 * How a command ended.
 *
 * @param exitCode 0 to 255
 * @param output standard output and standard error together
 */
public record CommandResult(int exitCode, String output) {

    public boolean succeeded() {
        return exitCode == 0;
    }

    @Override
    public String toString() {
        return "exit code %d%n%s".formatted(exitCode, output);
    }
}
