package dev.pptpd.ppp.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One row of what real peers do, as a script for a {@link LinkScript}.
 *
 * <p>In the file a row begins with a line {@code 7.3 Windows XP}: its number, a letter behind it
 * where one row has several scripts, and its name. The indented lines below it are the steps. A
 * line that begins with {@code #} is a comment.
 *
 * @param number of the row, without a letter
 * @param title number, letter and name
 */
record PeerRow(String number, String title, List<String> steps) {

    /** All rows of a file that lies beside this class. */
    static List<PeerRow> read(String resource) {
        try (InputStream file = PeerRow.class.getResourceAsStream(resource);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(Objects.requireNonNull(file), UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PeerRow> parse(List<String> lines) {
        List<PeerRow> rows = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                steps.add(line.strip());
            } else {
                steps = new ArrayList<>();
                rows.add(new PeerRow(numberOf(line), line, steps));
            }
        }
        return rows;
    }

    private static String numberOf(String title) {
        int end = 0;
        while (title.charAt(end) == '.' || Character.isDigit(title.charAt(end))) {
            end++;
        }
        return title.substring(0, end);
    }

    /** The title alone, which is what a report of the tests shows. */
    @Override
    public String toString() {
        return title;
    }
}
