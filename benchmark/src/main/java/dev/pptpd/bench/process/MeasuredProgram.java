package dev.pptpd.bench.process;

import dev.pptpd.bench.measure.Contestant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A contestant that is a process of its own. It is told how much to do on a line of its standard
 * input, measures the CPU time of its own thread meanwhile, and answers on a line: so it has its
 * turn with the others, and takes none of theirs.
 */
public final class MeasuredProgram implements Contestant {
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private final String question;

    private MeasuredProgram(Process process, int units) {
        this.process = process;
        this.questions =
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.question = units + "\n";
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param units of work for each repetition
     */
    public static MeasuredProgram start(List<String> words, int units) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        MeasuredProgram program = new MeasuredProgram(builder.start(), units);
        String first = program.answers.readLine();
        if (!ServedWork.READY.equals(first)) {
            program.close();
            throw new IOException("did not start: " + String.join(" ", words));
        }
        return program;
    }

    @Override
    public double measure() throws IOException {
        questions.write(question);
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a baseline ended before it was done");
        }
        return Double.parseDouble(answer);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
