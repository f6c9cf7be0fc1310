package dev.pptpd.bench.server;

import dev.pptpd.bench.process.ScratchFolder;
import dev.pptpd.lab.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a host takes from each packet that leaves for it to the next that comes from it, by the
 * kernel's time stamps on the device of the other host, which tcpdump reads. Packets without data,
 * such as acknowledgments of GRE, are none.
 */
final class AnswerTimes implements AutoCloseable {
    private static final String DEVICE = "eth0";
    private static final String LISTENING = "listening on";
    private static final long LOOK_MILLIS = 5;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double MILLIS_IN_SECOND = 1e3;

    /** A ping has 64 octets and more; an acknowledgment has 12. */
    private static final int DATA_OCTETS = 64;

    /** Time, sender, and octets behind the IP header. */
    private static final Pattern PACKET =
            Pattern.compile("([0-9.]+) IP (\\S+) > \\S+: .*?length (\\d+)");

    private final ScratchFolder folder = ScratchFolder.create();
    private final Path packets = folder.path().resolve("packets");
    private final Path said = folder.path().resolve("said");
    private final String far;
    private final Process listener;

    private AnswerTimes(Namespace near, String far) throws IOException {
        this.far = far;
        // Line by line, and unfiltered packets of others are none here.
        List<String> words =
                List.of(
                        ("ip netns exec %s tcpdump -i %s -n -l -tt --time-stamp-precision=nano"
                                        + " host %s and (ip proto 47 or icmp)")
                                .formatted(near.name(), DEVICE, far)
                                .split(" ", -1));
        listener =
                new ProcessBuilder(words)
                        .redirectOutput(packets.toFile())
                        .redirectError(said.toFile())
                        .start();
    }

    /**
     * Listens until it is closed.
     *
     * @param near the host that asks
     * @param far the address of the one that answers, on the wire
     */
    static AnswerTimes listen(Namespace near, String far) throws IOException {
        AnswerTimes times = new AnswerTimes(near, far);
        try {
            times.await(times.said, 1, LISTENING);
            return times;
        } catch (IOException e) {
            times.close();
            throw e;
        }
    }

    /** Of the first so many answers, for which it waits. */
    List<Double> millis(int answers) throws IOException {
        await(packets, answers, far + " > ");
        List<Double> millis = new ArrayList<>();
        double asked = Double.NaN;
        for (String line : Files.readAllLines(packets)) {
            Matcher packet = PACKET.matcher(line);
            if (!packet.lookingAt() || Integer.parseInt(packet.group(3)) < DATA_OCTETS) {
                continue;
            }
            double time = Double.parseDouble(packet.group(1));
            if (!packet.group(2).equals(far)) {
                asked = time;
            } else if (!Double.isNaN(asked)) {
                millis.add((time - asked) * MILLIS_IN_SECOND);
                asked = Double.NaN;
            }
        }
        return millis;
    }

    /** Waits until so many lines have a text. */
    private void await(Path file, int lines, String text) throws IOException {
        long start = System.nanoTime();
        while (Files.readAllLines(file).stream().filter(line -> line.contains(text)).count()
                < lines) {
            if (!listener.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("tcpdump: " + Files.readString(said));
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    @Override
    public void close() {
        listener.destroyForcibly();
        folder.close();
    }
}
