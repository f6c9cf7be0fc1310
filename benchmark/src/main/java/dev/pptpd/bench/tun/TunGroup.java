package dev.pptpd.bench.tun;

import dev.pptpd.bench.measure.Comparison;
import dev.pptpd.bench.measure.Comparison.Entry;
import dev.pptpd.bench.measure.Contestant;
import dev.pptpd.bench.measure.Findings;
import dev.pptpd.bench.measure.Group;
import dev.pptpd.bench.measure.Rounds;
import dev.pptpd.bench.measure.Supplied;
import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.MeasuredProgram;
import dev.pptpd.bench.process.Workshop;
import dev.pptpd.inner.UdpPacket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * TUN devices: what it takes to read a packet that waits, and to hand one to the kernel, which
 * takes it up to a socket in the same call. Whoever takes several packets by one call is another
 * entry in the same comparisons, before ours of single packets, which stays the measure.
 */
public final class TunGroup implements Group {
    private static final String PROGRAM = "tun";
    private static final List<String> SOURCES = List.of("tun_bench", "stopwatch");
    private static final List<Integer> LENGTHS = List.of(64, 1_400);

    /** Fewer than fit into the smallest buffer on their way. */
    private static final int PACKETS = 64;

    /** Of so many packets each in a repetition. */
    private static final int TIMES = 64;

    private final Workshop workshop;

    /** With its baselines made there. */
    public TunGroup(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "tun";
    }

    @Override
    public String purpose() {
        return "the TUN device, single packets and super-packets, against C";
    }

    @Override
    public void measure(Rounds rounds, Findings findings) throws IOException {
        for (int octets : LENGTHS) {
            for (Comparison comparison : List.of(reading(octets), writing(octets))) {
                findings.progress(comparison.title());
                findings.add(rounds.run(comparison));
            }
        }
    }

    private Comparison reading(int octets) {
        return new Comparison(
                String.format(Locale.ROOT, "TUN, UDP packets of %,d octets, reading", octets),
                "ns/packet",
                List.of(
                        new Entry(
                                "C, read of one packet",
                                () -> reader(octets, program("read", Host.DEVICE))),
                        new Entry(
                                "our TunDevice, super-packets of %d, taken apart"
                                        .formatted(SuperTun.RUN),
                                () ->
                                        superReader(
                                                octets,
                                                workshop.java(SuperTun.class, JavaTun.READ))),
                        new Entry(
                                "our TunDevice, one packet",
                                () -> reader(octets, workshop.java(JavaTun.class, JavaTun.READ)))));
    }

    private Comparison writing(int octets) {
        String length = String.valueOf(octets);
        String port = String.valueOf(Host.PORT);
        return new Comparison(
                String.format(
                        Locale.ROOT,
                        "TUN, UDP packets of %,d octets, writing, up to the socket",
                        octets),
                "ns/packet",
                List.of(
                        new Entry(
                                "C, write of one packet",
                                () ->
                                        writer(
                                                program(
                                                        "write",
                                                        Host.DEVICE,
                                                        Host.BEYOND,
                                                        Host.ADDRESS,
                                                        port,
                                                        length))),
                        new Entry(
                                "our TunDevice, super-packets of %d, put together"
                                        .formatted(SuperTun.RUN),
                                () -> writer(workshop.java(SuperTun.class, JavaTun.WRITE, length))),
                        new Entry(
                                "our TunDevice, one packet",
                                () ->
                                        writer(
                                                workshop.java(
                                                        JavaTun.class, JavaTun.WRITE, length)))));
    }

    private List<String> program(String... arguments) throws UnavailableException, IOException {
        List<String> words = new ArrayList<>(workshop.program(PROGRAM, SOURCES));
        words.addAll(List.of(arguments));
        return words;
    }

    private static Contestant reader(int octets, List<String> words) throws IOException {
        int datagram = octets - UdpPacket.HEADERS_OCTETS;
        return reader(words, host -> host.send(PACKETS, datagram));
    }

    private static Contestant superReader(int octets, List<String> words) throws IOException {
        int datagram = octets - UdpPacket.HEADERS_OCTETS;
        return reader(words, host -> host.sendTogether(PACKETS, datagram));
    }

    /** How a host fills its device. */
    @FunctionalInterface
    private interface Filling {
        void fill(Host host) throws IOException;
    }

    private static Contestant reader(List<String> words, Filling filling) throws IOException {
        Host host = new Host();
        MeasuredProgram program = MeasuredProgram.start(host.inside(words), PACKETS);
        host.configure();
        return new Supplied(
                () -> filling.fill(host), program, Supplied.Step.NONE, TIMES, List.of(host));
    }

    private static Contestant writer(List<String> words) throws IOException {
        Host host = new Host();
        MeasuredProgram program = MeasuredProgram.start(host.inside(words), PACKETS);
        host.configure();
        return new Supplied(
                Supplied.Step.NONE, program, () -> host.take(PACKETS), TIMES, List.of(host));
    }
}
