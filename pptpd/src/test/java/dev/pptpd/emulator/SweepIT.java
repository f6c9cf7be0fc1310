package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.emulator.EmulatedClient.Target;
import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import dev.pptpd.lab.linux.NamespaceThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call id, every header and forged numbers against a session that pings all the while. */
@Tag("alone")
final class SweepIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration UP_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final int CALL_IDS = 65_536;
    private static final int CALL_IDS_PER_SECOND = 13_000;

    private static final int FLAG_WORDS = 65_536;
    private static final int HEADERS_PER_SECOND = 20_000;
    private static final int GARBAGE_OCTETS = 20;

    /** Behind the shortest header that has a number: none, one, all, one too many, the most. */
    private static final List<Integer> PAYLOAD_LENGTHS =
            List.of(0, 1, GARBAGE_OCTETS, GARBAGE_OCTETS + 9, 0xFFFF);

    private static final int FORGED = 1000;
    private static final long FORGED_EVERY_NANOS = 5_000_000;

    /** What forged packets with the right address and call id may cost (A17). */
    private static final double TOLERABLE_LOSS = 0.01;

    private static final int HIGH_BIT = 0x8000_0000;
    private static final int COUNT_MASK = 0x0FFF;

    /** The bits of a packet that may be decrypted; sixteen others end the session (A20). */
    private static final int MPPE_STATELESS = 0x9000;

    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGMENT = 0x0080;

    /** Bits that RFC 2637 calls Flags; receivers do not look at them. */
    private static final int RESERVED = 0x0078;

    private static final int KEY_VERSION_1 = 0x2001;

    @TempDir private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private TestNetwork network;
    private ServerProcess server;
    private EmulatedClient session;

    @BeforeEach
    void startSession() {
        network = new TestNetwork();
        server = ServerProcess.launch(network.server(), ServerFiles.in(folder), "-d");
        server.awaitReady(START_LIMIT);
        session = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD);
        session.awaitFirstEcho(UP_LIMIT);
    }

    @AfterEach
    void stopAll() {
        session.close();
        server.close();
        network.close();
    }

    @Test
    void losesNothingToEveryCallIdFromWrongSourcesA10V24() {
        SteadyPing seen =
                SteadyPing.during(
                        session,
                        () -> {
                            sweepCallIds(network.stranger());
                            sweepCallIds(network.client(1));
                        });

        report("call ids", seen);
        assertThat(seen.lost()).isZero();
        server.terminate();
        assertThat(server.awaitExit(STOP_LIMIT)).isZero();
        assertThat(counted("wrongAddresses")).isEqualTo(2);
        assertThat(counted("unknownCallIds")).isEqualTo(2L * (CALL_IDS - 1));
    }

    private void sweepCallIds(Place source) {
        try (var forger = new Forger(source, CALL_IDS_PER_SECOND)) {
            int sequence = session.target().nextSequence();
            for (int callId = 0; callId < CALL_IDS; callId++) {
                Octets frame = encrypted(random.nextInt(COUNT_MASK + 1));
                if (forger.send(forged(callId, sequence, frame))) {
                    sequence = session.target().nextSequence();
                }
            }
        }
    }

    /** The sum of a worker's counter over all workers, from their last lines. */
    private long counted(String counter) {
        Pattern pair = Pattern.compile(counter + "=(\\d+)");
        return server.lines().stream()
                .map(pair::matcher)
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .sum();
    }

    @Test
    void losesNothingToEveryInvalidHeaderA12() {
        SteadyPing seen =
                SteadyPing.during(
                        session,
                        () ->
                                sweepHeaders(
                                        IntStream.range(0, FLAG_WORDS)
                                                .filter(word -> !isValid(word))
                                                .toArray(),
                                        HEADERS_PER_SECOND));

        report("invalid headers", seen);
        assertThat(seen.lost()).isZero();
    }

    @Test
    void losesNextToNothingToGarbageBehindValidHeadersA12A17() {
        int[] words = IntStream.range(0, FLAG_WORDS).filter(SweepIT::isValid).toArray();
        assertThat(words).hasSize(64);
        SteadyPing seen =
                SteadyPing.during(
                        session,
                        () -> {
                            for (int round = 0; round < 4; round++) {
                                sweepHeaders(words, 200);
                            }
                        });

        report("valid headers", seen);
        assertThat(seen.lossShare()).isLessThanOrEqualTo(TOLERABLE_LOSS);
    }

    /**
     * Whether a word is one of a data packet or an acknowledgment, its reserved bits as they are.
     */
    private static boolean isValid(int word) {
        return (word & ~(SEQUENCE | ACKNOWLEDGMENT | RESERVED)) == KEY_VERSION_1;
    }

    private void sweepHeaders(int[] words, int packetsPerSecond) {
        try (var forger = new Forger(network.client(0), packetsPerSecond)) {
            Target target = session.target();
            for (int word : words) {
                for (int length : PAYLOAD_LENGTHS) {
                    if (forger.send(header(word, length, target))) {
                        target = session.target();
                    }
                }
            }
        }
    }

    /** By turns with the number of the session's next packet, and with any. */
    private Octets header(int word, int payloadLength, Target target) {
        int number = random.nextBoolean() ? target.nextSequence() : random.nextInt();
        byte[] garbage = new byte[GARBAGE_OCTETS - 4];
        random.nextBytes(garbage);
        return new OctetWriter()
                .u16(word)
                .u16(0x880B)
                .u16(payloadLength)
                .u16(target.callId())
                .u32(number)
                .u32(random.nextInt())
                .u16(PppFrame.COMPRESSED)
                .u16(MPPE_STATELESS | random.nextInt(COUNT_MASK + 1))
                .octets(Octets.of(garbage))
                .toOctets();
    }

    @Test
    void losesNextToNothingToForgedNumbersA17() {
        SteadyPing seen = SteadyPing.during(session, this::forgeNumbers);

        report("forged numbers", seen);
        assertThat(seen.lossShare()).isLessThanOrEqualTo(TOLERABLE_LOSS);
    }

    /** By turns far ahead with both numbers, and with the coherency count alone. */
    private void forgeNumbers() {
        Place place = network.client(0);
        try (RawGreSocket socket =
                NamespaceThread.call(place.namespace(), () -> RawGreSocket.open(place.local()))) {
            for (int i = 0; i < FORGED; i++) {
                Target target = session.target();
                int sequence = target.nextSequence() + (i % 2 == 0 ? HIGH_BIT : 0);
                // The client's counts lag behind its sequence numbers by the frames of the login.
                int count = target.nextSequence() + 2000 & COUNT_MASK;
                Octets packet = forged(target.callId(), sequence, encrypted(count));
                socket.send(packet.toArray(), place.server());
                LockSupport.parkNanos(FORGED_EVERY_NANOS);
            }
        }
    }

    private static Octets forged(int callId, int sequence, Octets frame) {
        return new GrePacket(callId, OptionalInt.of(sequence), OptionalInt.empty(), frame).encode();
    }

    /** A stateless MPPE packet that no key made. */
    private Octets encrypted(int count) {
        byte[] garbage = new byte[GARBAGE_OCTETS];
        random.nextBytes(garbage);
        return new OctetWriter()
                .u16(PppFrame.COMPRESSED)
                .u16(MPPE_STATELESS | count)
                .octets(Octets.of(garbage))
                .toOctets();
    }

    @Test
    void answersWithPaddingReservedBitsAndOuterOptionsA13() {
        session.disguisePackets(
                packet -> Octets.of(packet).plus(Octets.of(new byte[40])).toArray());
        expectTenPings("padding behind the payload");
        session.disguisePackets(packet -> {
            packet[1] |= RESERVED;
            return packet;
        });
        expectTenPings("reserved bits");
        session.useOuterOptions(noOperations(4));
        expectTenPings("outer options of 4 octets");
        session.useOuterOptions(noOperations(40));
        expectTenPings("outer options of 40 octets");
    }

    private static byte[] noOperations(int octets) {
        byte[] options = new byte[octets];
        Arrays.fill(options, (byte) 1);
        return options;
    }

    private void expectTenPings(String what) {
        SteadyPing seen = SteadyPing.during(session, () -> {});
        assertThat(seen.lost()).as(what).isZero();
    }

    @Test
    void survivesReassembledDatagramsOfSixtyThousandOctetsA13() {
        Place place = network.client(0);
        SteadyPing seen =
                SteadyPing.during(
                        session,
                        () -> {
                            try (RawGreSocket socket =
                                    NamespaceThread.call(
                                            place.namespace(),
                                            () -> RawGreSocket.open(place.local()))) {
                                for (int i = 0; i < 50; i++) {
                                    Target target = session.target();
                                    Octets packet =
                                            forged(
                                                    target.callId(),
                                                    target.nextSequence() + 1,
                                                    Octets.of(new byte[60_000]));
                                    socket.send(packet.toArray(), place.server());
                                    LockSupport.parkNanos(FORGED_EVERY_NANOS);
                                }
                            }
                        });

        report("60,000 octets", seen);
        assertThat(seen.lost()).isZero();
    }

    private static void report(String what, SteadyPing seen) {
        System.out.printf("sweep of %s: %s%n", what, seen);
    }
}
