package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a stranger sends, a session that runs beside it goes on. */
@Tag("alone")
final class HostileInputIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(5);
    private static final Duration PING_LIMIT = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private static final int RANDOM_PACKETS = 1_000_000;
    private static final Duration PING_INTERVAL = Duration.ofMillis(20);

    /** They take some ten seconds where nothing else runs. */
    private static final Duration FLOOD_LIMIT = Duration.ofMinutes(5);

    /** While the flood shares the processors and the server's socket with the session. */
    private static final double ANSWERED_DURING_FLOOD = 0.95;

    private static final Octets START =
            PptpMessage.startControlConnectionRequest(ClientProfiles.WINDOWS_10.start()).octets();

    @TempDir private static Path folder;

    @RegisterExtension private static final ServedNetwork network = new ServedNetwork(() -> folder);

    private static EmulatedClient session;

    @BeforeAll
    static void startSession() {
        session = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD);
        session.awaitFirstEcho(UP_LIMIT);
    }

    @AfterAll
    static void stopSession() {
        session.close();
    }

    @AfterEach
    void sessionIsUnharmed() {
        for (int i = 0; i < 10; i++) {
            session.expectPing(PING_LIMIT);
        }
        assertThat(network.server().alive()).isTrue();
    }

    static Stream<Arguments> malformedMessages() {
        return Stream.of(
                Arguments.of("length 0", withLength(0)),
                Arguments.of("length 1 (V01)", withLength(1)),
                Arguments.of("length below the header's", withLength(11)),
                Arguments.of("length below the message's (V02)", withLength(155)),
                Arguments.of("length above the message's", withLength(157)),
                Arguments.of("length above every message's", withLength(0xFFFF)),
                Arguments.of("wrong magic cookie (A06)", withU16(4, 0x1A2C)),
                Arguments.of("message type 2 (A06)", withU16(2, 2)));
    }

    private static Octets withLength(int length) {
        return withU16(0, length);
    }

    private static Octets withU16(int offset, int value) {
        return new OctetWriter()
                .octets(START.slice(0, offset))
                .u16(value)
                .octets(START.from(offset + 2))
                .toOctets();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedMessages")
    void closesTheConnectionOfAMalformedFirstMessage(String what, Octets message) {
        try (var connection = ControlConnection.open(network.client(1))) {
            connection.send(message);
            assertThat(connection.closedWithin(CLOSE_LIMIT)).as(what).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedMessages")
    void closesTheConnectionOfAMalformedLaterMessage(String what, Octets message) {
        try (var connection = ControlConnection.open(network.client(1))) {
            connection.startControlConnection();
            connection.send(message);
            assertThat(connection.closedWithin(CLOSE_LIMIT)).as(what).isTrue();
        }
    }

    @Test
    void answersAHundredEchoRequestsOfOneSegmentV07() {
        var requests = new PptpMessage[100];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = PptpMessage.echoRequest(i);
        }
        try (var connection = ControlConnection.open(network.client(1))) {
            connection.startControlConnection();
            connection.send(requests);
            for (int i = 0; i < requests.length; i++) {
                assertThat(connection.expect(PptpMessage.ECHO_REPLY).octets().u32(12)).isEqualTo(i);
            }
        }
    }

    @Test
    void survivesCallsClearedInAnyOrderV09() {
        try (var connection = ControlConnection.open(network.client(1))) {
            connection.startControlConnection();
            connection.send(PptpMessage.callClearRequest(9));
            connection.send(
                    PptpMessage.outgoingCallRequest(ClientProfiles.WINDOWS_10.call(), 7, 1),
                    PptpMessage.callClearRequest(7),
                    PptpMessage.callClearRequest(7),
                    PptpMessage.echoRequest(5));
            PptpMessage reply = connection.expect(PptpMessage.OUTGOING_CALL_REPLY);
            PptpMessage notify = connection.expect(PptpMessage.CALL_DISCONNECT_NOTIFY);
            assertThat(notify.octets().u16(12)).isEqualTo(reply.octets().u16(12));
            connection.expect(PptpMessage.ECHO_REPLY);
        }
    }

    @Test
    void survivesAMillionRandomPackets() {
        List<Thread> floods = List.of(flood(1, network.stranger()), flood(2, network.client(0)));
        List<CompletableFuture<Long>> pings = new ArrayList<>();
        await("the end of the floods")
                .atMost(FLOOD_LIMIT)
                .pollInterval(PING_INTERVAL)
                .until(() -> {
                    pings.add(session.ping());
                    return floods.stream().noneMatch(Thread::isAlive);
                });
        long answered = answeredInTime(pings);
        assertThat((double) answered / pings.size())
                .as("%d of %d pings answered during the flood", answered, pings.size())
                .isGreaterThanOrEqualTo(ANSWERED_DURING_FLOOD);
    }

    /** Waits for all answers, and for those that are lost as long as an answer may take. */
    private static long answeredInTime(List<CompletableFuture<Long>> pings) {
        CompletableFuture.allOf(pings.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PING_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return pings.stream().filter(CompletableFuture::isDone).count();
    }

    private static Thread flood(long seed, Place place) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> new GreFlood(seed).send(place, RANDOM_PACKETS / 2));
    }

    @Test
    void ignoresForgedPacketsOfTheSessionItselfA17() {
        session.act(automaton -> {
            var far = new MppeStream(Octets.of(new byte[16]));
            for (int i = 0; i < 2000; i++) {
                Octets sealed = far.seal(new PppFrame(PppFrame.IP, Octets.EMPTY));
                if (i % 100 == 99) {
                    automaton.link().send(new PppFrame(PppFrame.COMPRESSED, sealed));
                }
            }
        });
    }

    @Test
    void ignoresStrayPacketsToTheCallIdOfTheSessionA10() {
        var callId = new CompletableFuture<Integer>();
        session.act(automaton -> callId.complete(automaton.peerCallId()));
        Place stranger = network.stranger();
        GreProbe.send(stranger, callId.join(), Octets.ofHex("c021 0501 0004"), 100);
    }
}
