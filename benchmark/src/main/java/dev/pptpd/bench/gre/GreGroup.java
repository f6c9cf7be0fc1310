package dev.pptpd.bench.gre;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Goal;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Supplied;
import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.MeasuredProgram;
import dev.pptpd.bench.process.Workshop;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Raw sockets: what it takes to receive a packet that waits, and to send one. A packet that is sent
 * over a pair of devices is received by the kernel's other end in the same call, which is the
 * larger part of it. Each contestant has a pair of namespaces for itself: every socket of a
 * namespace hears every packet, and pays for it.
 */
public final class GreGroup implements Group {
    private static final String PROGRAM = "gre";
    private static final List<String> SOURCES = List.of("gre_bench", "stopwatch");
    private static final List<Integer> LENGTHS = List.of(64, 1_400);
    private static final Goal GOAL = Goal.timesTheTime(1.10);

    /** Less than what fits into the buffer of a socket. */
    private static final int PACKETS = 1_024;

    /** Of so many packets each in a repetition. */
    private static final int TIMES = 8;

    private final Workshop workshop;

    /** With its baselines made there. */
    public GreGroup(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "gre";
    }

    @Override
    public String purpose() {
        return "the raw socket, receiving and sending, against C with the same system calls";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException {
        for (int octets : LENGTHS) {
            for (Comparison comparison : List.of(receiving(octets), sending(octets))) {
                findings.progress(comparison.title());
                findings.add(rounds.run(comparison));
            }
        }
    }

    private Comparison receiving(int octets) {
        return new Comparison(
                String.format(Locale.ROOT, "raw GRE, %,d octets, receiving", octets),
                "ns/packet",
                List.of(
                        new Entry(
                                "C, recvmmsg of 32",
                                () -> receiver(octets, program("receive", "recvmmsg")),
                                GOAL),
                        new Entry(
                                "C, recvfrom",
                                () -> receiver(octets, program("receive", "recvfrom"))),
                        new Entry(
                                "our ReceiveBatch of 32",
                                () ->
                                        receiver(
                                                octets,
                                                workshop.java(JavaGre.class, JavaGre.RECEIVE)))));
    }

    private Comparison sending(int octets) {
        String length = String.valueOf(octets);
        int destination = address(Wire.FAR_ADDRESS);
        return new Comparison(
                String.format(
                        Locale.ROOT, "raw GRE, %,d octets, sending, with the far end", octets),
                "ns/packet",
                List.of(
                        new Entry(
                                "C, sendmmsg of 64",
                                () -> sender(program("send", "sendmmsg", Wire.FAR_ADDRESS, length)),
                                GOAL),
                        new Entry(
                                "C, sendto",
                                () -> sender(program("send", "sendto", Wire.FAR_ADDRESS, length))),
                        new Entry(
                                "our SendBatch of 64",
                                () ->
                                        sender(
                                                workshop.java(
                                                        JavaGre.class,
                                                        JavaGre.SEND,
                                                        String.valueOf(destination),
                                                        length)))));
    }

    private List<String> program(String... arguments) throws UnavailableException, IOException {
        List<String> words = new ArrayList<>(workshop.program(PROGRAM, SOURCES));
        words.addAll(List.of(arguments));
        return words;
    }

    /** The far end sends what it will receive. */
    private static Contestant receiver(int octets, List<String> words) throws IOException {
        Wire wire = new Wire();
        GrePackets far = open(wire);
        int destination = address(Wire.NEAR_ADDRESS);
        return new Supplied(
                () -> {
                    if (far.send(PACKETS, destination, octets) != PACKETS) {
                        throw new IOException("packets were not sent");
                    }
                },
                ready(wire, words),
                Supplied.Step.NONE,
                TIMES,
                List.of(wire, far));
    }

    /** The far end takes what it sent, so that there is room for more. */
    private static Contestant sender(List<String> words) throws IOException {
        Wire wire = new Wire();
        GrePackets far = open(wire);
        return new Supplied(
                Supplied.Step.NONE,
                ready(wire, words),
                () -> {
                    if (far.receive(PACKETS) != PACKETS) {
                        throw new IOException("packets were lost");
                    }
                },
                TIMES,
                List.of(wire, far));
    }

    private static GrePackets open(Wire wire) throws IOException {
        try {
            return wire.far().call(GrePackets::open);
        } catch (ErrnoException e) {
            wire.close();
            throw new IOException(e);
        }
    }

    private static MeasuredProgram ready(Wire wire, List<String> words) throws IOException {
        return MeasuredProgram.start(wire.atNearEnd(words), PACKETS);
    }

    private static int address(String text) {
        return Ipv4Address.parse(text).orElseThrow().value();
    }
}
