package dev.pptpd.emulator;

import static dev.pptpd.emulator.TestNetwork.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.FrameSeen;
import dev.pptpd.emulator.Observation.NetworkUp;
import dev.pptpd.emulator.Observation.PacketSeen;
import dev.pptpd.lab.LogEvent;
import dev.pptpd.lab.ServerFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What clients do out of turn, by loss or by intent, inside the PPP link. */
final class NegotiationIT {
    private static final Duration UP_LIMIT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final byte[] SERVER_TUNNEL_ADDRESS = {10, 99, 0, 1};

    @TempDir private static Path folder;

    @RegisterExtension private static final ServedNetwork network = new ServedNetwork(() -> folder);

    private static EmulatedClient up() {
        var client = EmulatedClient.start(network.client(0), ClientProfiles.WINDOWS_10, GOOD);
        client.awaitFirstEcho(UP_LIMIT);
        return client;
    }

    @Test
    void survivesTheSameCompressionRequestOnceMore() {
        try (var client = up()) {
            int mark = client.journal().size();
            client.act(automaton -> automaton.link().network().compression().repeatRequest());
            awaitPacket(client, mark, PppFrame.CCP, PppPacket.CONFIGURE_ACK);
            awaitCompressionOpen(client);
            client.expectPing(LIMIT);
            assertLinkStands(client);
        }
    }

    @Test
    void survivesARenewedCompressionRequest() {
        try (var client = up()) {
            for (int i = 0; i < 3; i++) {
                int mark = client.journal().size();
                client.act(automaton ->
                        automaton.link().network().compression().renew(System.nanoTime()));
                client.journal()
                        .awaitAfter(mark, "network up again", NetworkUp.class::isInstance, LIMIT);
                client.expectPing(LIMIT);
            }
            assertLinkStands(client);
        }
    }

    @Test
    void survivesALostCompressionAck() {
        try (var client = prepare(ClientProfiles.WINDOWS_10)) {
            client.act(automaton ->
                    automaton.loseNext(isFrame(PppFrame.CCP, PppPacket.CONFIGURE_ACK)));
            client.begin().awaitFirstEcho(UP_LIMIT);
            assertLinkStands(client);
        }
    }

    @Test
    void repeatsTheSuccessForARepeatedResponse() {
        try (var client = up()) {
            int mark = client.journal().size();
            client.act(automaton -> automaton.link().repeatResponse());
            var again = awaitPacket(client, mark, PppFrame.CHAP, PppPacket.SUCCESS);
            assertThat(again.frame())
                    .isEqualTo(awaitPacket(client, 0, PppFrame.CHAP, PppPacket.SUCCESS).frame());
            client.expectPing(LIMIT);
        }
    }

    @Test
    void letsAClientInThatLostTheSuccess() {
        try (var client = prepare(ClientProfiles.WINDOWS_10)) {
            client.act(automaton -> automaton.loseNext(isFrame(PppFrame.CHAP, PppPacket.SUCCESS)));
            client.begin().journal().await("loss", Observation.Dropped.class::isInstance, UP_LIMIT);
            awaitPacket(client, 0, PppFrame.CHAP, PppPacket.SUCCESS);
            client.act(automaton -> automaton.link().repeatResponse());
            client.awaitFirstEcho(UP_LIMIT);
        }
    }

    @Test
    void refusesAWrongPasswordThreeTimesAndEndsTheLink() {
        var wrong = new Credentials(ServerFiles.USER, "not the password");
        try (var client =
                EmulatedClient.start(network.client(7), ClientProfiles.WINDOWS_10, wrong)) {
            client.journal()
                    .await(
                            "end of the link",
                            seen ->
                                    seen.isPacketFromServer(
                                            PppFrame.LCP, PppPacket.TERMINATE_REQUEST),
                            UP_LIMIT);
            List<String> failures =
                    client
                            .journal()
                            .all(seen -> seen.isPacketFromServer(PppFrame.CHAP, PppPacket.FAILURE))
                            .stream()
                            .map(NegotiationIT::text)
                            .toList();
            assertThat(failures).hasSize(3).allMatch(failure -> failure.startsWith("E=691 "));
            assertThat(failures.getLast()).contains("R=0");
            LogEvent refused =
                    network.server()
                            .awaitEvent(
                                    LogEvent.LOGIN_FAILED,
                                    event -> event.peer().contains(TestNetwork.clientAddress(7)),
                                    LIMIT);
            assertThat(refused.user()).isEqualTo(ServerFiles.USER);
            client.awaitConnectionClosed(UP_LIMIT);
        }
        await().atMost(LIMIT).until(() -> network.sessionDevices().isEmpty());
    }

    @Test
    void dropsClearTextWhenEncryptionIsUpA21() {
        try (var client = up()) {
            client.act(automaton -> {
                DataPath data = automaton.link().network().data();
                Ipv4Packet echo =
                        new IcmpEcho(true, 0xbad, 1, Octets.EMPTY)
                                .between(data.ownAddress(), data.serverAddress());
                automaton.link().send(new PppFrame(PppFrame.IP, echo.encode()));
            });
            client.expectPing(LIMIT);
            client.expectPing(LIMIT);
            assertThat(client.journal().all(NegotiationIT::isReplyToClearText)).isEmpty();
        }
    }

    private static boolean isReplyToClearText(Observation seen) {
        return seen instanceof PacketSeen packet
                && packet.direction() == Direction.RECEIVED
                && IcmpEcho.in(packet.packet())
                        .filter(echo -> echo.identifier() == 0xbad)
                        .isPresent();
    }

    @Test
    void dropsIpBeforeIpcpIsOpen() {
        try (var client = prepare(ClientProfiles.WINDOWS_7)) {
            var early = new CompletableFuture<Long>();
            client.act(automaton ->
                    automaton.loseNext(isFrame(PppFrame.IPCP, PppPacket.CONFIGURE_REQUEST)));
            client.begin()
                    .journal()
                    .await(
                            "own half of IPCP",
                            seen -> seen.isPacketFromServer(PppFrame.IPCP, PppPacket.CONFIGURE_ACK),
                            UP_LIMIT);
            client.act(automaton -> {
                DataPath data = automaton.link().network().data();
                int own = automaton.link().network().requestedAddress();
                data.address(own, Octets.of(SERVER_TUNNEL_ADDRESS).u32(0));
                data.ping(early);
            });
            client.awaitFirstEcho(UP_LIMIT);
            client.expectPing(LIMIT);
            assertThat(early).isNotDone();
        }
    }

    @Test
    void rejectsAnUnknownProtocol() {
        try (var client = up()) {
            int mark = client.journal().size();
            Octets packet = new PppPacket(1, 77, Octets.EMPTY).encode();
            client.inject(new PppFrame(0x8281, packet));
            FrameSeen reject = awaitPacket(client, mark, PppFrame.LCP, PppPacket.PROTOCOL_REJECT);
            assertThat(reject.frame().information().from(4))
                    .isEqualTo(new OctetWriter().u16(0x8281).octets(packet).toOctets());
            client.expectPing(LIMIT);
        }
    }

    @Test
    void rejectsAnUnknownCodeOfLcp() {
        try (var client = up()) {
            int mark = client.journal().size();
            var packet = new PppPacket(0x3f, 78, Octets.ofHex("01020304"));
            client.inject(PppFrame.of(PppFrame.LCP, packet));
            FrameSeen reject = awaitPacket(client, mark, PppFrame.LCP, PppPacket.CODE_REJECT);
            assertThat(reject.frame().information().from(4)).isEqualTo(packet.encode());
            client.expectPing(LIMIT);
        }
    }

    @Test
    void answersEchoRequestsOfTheLink() {
        try (var client = up()) {
            int mark = client.journal().size();
            Octets data = Octets.ofHex("00000000 cafe");
            client.inject(
                    PppFrame.of(PppFrame.LCP, new PppPacket(PppPacket.ECHO_REQUEST, 79, data)));
            FrameSeen reply = awaitPacket(client, mark, PppFrame.LCP, PppPacket.ECHO_REPLY);
            assertThat(reply.frame().information().u8(1)).isEqualTo(79);
            assertThat(reply.frame().information().from(8)).isEqualTo(Octets.ofHex("cafe"));
        }
    }

    @Test
    void refusesAClientThatRefusesEncryption() {
        try (var client =
                EmulatedClient.start(
                        network.client(0), ClientProfiles.WINDOWS_10.withoutMppe(), GOOD)) {
            client.awaitConnectionClosed(Duration.ofSeconds(20));
            assertThat(client.journal().all(PacketSeen.class::isInstance))
                    .noneMatch(seen -> ((PacketSeen) seen).direction() == Direction.RECEIVED);
        }
    }

    private static EmulatedClient prepare(ClientProfile profile) {
        return EmulatedClient.prepare(network.client(0), profile, GOOD, Integer.MAX_VALUE);
    }

    private static Predicate<PppFrame> isFrame(int protocol, int code) {
        return frame -> frame.protocol() == protocol && frame.information().u8(0) == code;
    }

    private static FrameSeen awaitPacket(EmulatedClient client, int mark, int protocol, int code) {
        return (FrameSeen)
                client.journal()
                        .awaitAfter(
                                mark,
                                "packet %d of %04x".formatted(code, protocol),
                                seen -> seen.isPacketFromServer(protocol, code),
                                LIMIT);
    }

    private static void awaitCompressionOpen(EmulatedClient client) {
        await().atMost(LIMIT)
                .until(() -> {
                    var open = new CompletableFuture<Boolean>();
                    client.act(automaton -> open.complete(automaton.link().network().up()));
                    return open.orTimeout(1, TimeUnit.SECONDS).join();
                });
    }

    private static void assertLinkStands(EmulatedClient client) {
        assertThat(
                        client.journal()
                                .all(seen ->
                                        seen.isPacketFromServer(
                                                PppFrame.LCP, PppPacket.TERMINATE_REQUEST)))
                .isEmpty();
    }

    private static String text(Observation seen) {
        Octets data = ((FrameSeen) seen).frame().information().from(4);
        return new String(data.toArray(), StandardCharsets.US_ASCII);
    }
}
