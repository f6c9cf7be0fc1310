package dev.pptpd.config;

/**
 * Where something was written.
 *
 * @param file the file, or {@code command line}
 * @param line counted from 1; 0 where there are no lines
 */
public record Place(String file, int line) {
    /** A flag of the command line. */
    public static final Place COMMAND_LINE = new Place("command line", 0);

    /** Whether it is a flag of the command line. */
    boolean isCommandLine() {
        return line == COMMAND_LINE.line && file.equals(COMMAND_LINE.file);
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
