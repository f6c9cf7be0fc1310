package dev.pptpd.bench.server;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Spread;
import dev.pptpd.bench.measure.Table;
import dev.pptpd.lab.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the tunnel adds to the time of a ping while nothing else passes. Four times a worker is
 * woken up for one: ours and the client's, once for the question and once for the answer.
 */
final class Latency {
    private static final int PINGS = 40;

    /** Long against a ping, so that everybody has gone to sleep before the next. */
    private static final String INTERVAL_SECONDS = "0.005";

    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final Goal ADDED_MILLIS = Goal.atMost(0.15);

    private Latency() {}

    /** The client's host pings the server's, by turns outside and inside the tunnel. */
    static Table compare(TcpTunnel tunnel, Rounds rounds) throws IOException {
        Namespace client = tunnel.site().clientHost();
        return compare(
                rounds,
                "a ping, idle server, MPPE-128",
                new Entry("over the wire, without a tunnel", () -> ping(client, Site.SERVER)),
                new Entry(
                        "through the tunnel, our client and our server",
                        () -> ping(client, tunnel.gateway())),
                "added by both");
    }

    /** The same by what passes the client's end of the wire: nothing of the client is in it. */
    static Table compareOnWire(TcpTunnel tunnel, Rounds rounds) throws IOException {
        Namespace client = tunnel.site().clientHost();
        return compare(
                rounds,
                "a ping, idle server, MPPE-128: from packet to packet on the wire",
                new Entry("the server's host answers", () -> answer(client, Site.SERVER)),
                new Entry(
                        "the server answers, out of the tunnel",
                        () -> answer(client, tunnel.gateway())),
                "added by the server");
    }

    private static Table compare(
            Rounds rounds, String title, Entry bare, Entry tunnelled, String difference)
            throws IOException {
        Table table = rounds.run(new Comparison(title, "ms", List.of(bare, tunnelled)));
        List<Figure> figures = new ArrayList<>(table.figures());
        figures.add(Figure.of(difference, "ms", added(figures)).judgedBy(ADDED_MILLIS));
        return new Table(title, figures);
    }

    private static List<Double> added(List<Figure> figures) {
        List<Double> bare = figures.getFirst().values();
        List<Double> tunnelled = figures.getLast().values();
        return IntStream.range(0, bare.size())
                .mapToObj(round -> tunnelled.get(round) - bare.get(round))
                .toList();
    }

    /** The median of some. */
    private static Contestant ping(Namespace from, String address) {
        return repeated(() -> {
            List<Double> times =
                    TIME.matcher(pings(from, address))
                            .results()
                            .map((MatchResult result) -> Double.parseDouble(result.group(1)))
                            .toList();
            return Spread.of(times).median();
        });
    }

    /** The median of the answers to some. */
    private static Contestant answer(Namespace from, String address) {
        return repeated(() -> {
            try (AnswerTimes answers = AnswerTimes.listen(from, Site.SERVER)) {
                pings(from, address);
                return Spread.of(answers.millis(PINGS)).median();
            }
        });
    }

    private static String pings(Namespace from, String address) {
        return from.command("ping", "-c", "" + PINGS, "-i", INTERVAL_SECONDS, address)
                .expectSuccess();
    }

    /** One turn of a contestant. */
    @FunctionalInterface
    private interface Turn {
        double run() throws IOException;
    }

    private static Contestant repeated(Turn turn) {
        return new Contestant() {
            @Override
            public double measure() throws IOException {
                return turn.run();
            }

            @Override
            public void close() {
                // Nothing is open between two rounds.
            }
        };
    }
}
