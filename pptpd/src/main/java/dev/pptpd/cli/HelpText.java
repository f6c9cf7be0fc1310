package dev.pptpd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TextHelpAppendable;

/** The text of {@code --help}. */
public final class HelpText {
    private HelpText() {}

    /**
     * A usage line, a sentence about the command, and a line for each option.
     *
     * @param usage the command with its operands: {@code pptp HOST [FLAG]...}
     */
    public static String of(String usage, String purpose, Options options) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        HelpFormatter formatter =
                HelpFormatter.builder()
                        .setShowSince(false)
                        .setHelpAppendable(new TextHelpAppendable(writer))
                        .get();
        try {
            formatter.printHelp(usage, purpose, options, "", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.flush();
        return text.toString();
    }
}
