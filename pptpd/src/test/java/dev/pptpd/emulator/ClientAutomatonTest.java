package dev.pptpd.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.emulator.ClientAction.CloseConnection;
import dev.pptpd.emulator.ClientAction.SendMessage;
import dev.pptpd.emulator.ClientAction.SendPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A Windows 10 against a server whose part the test plays by hand. */
final class ClientAutomatonTest {
    private static final Credentials CREDENTIALS = new Credentials("jm", "secret");
    private static final Octets CHALLENGE = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final long MILLISECOND = 1_000_000L;

    private final Journal journal = new Journal();
    private final ClientAutomaton client =
            new ClientAutomaton(
                    ClientProfiles.WINDOWS_10, CREDENTIALS, new SplittableRandom(7), journal);
    private final List<Octets> sentMessages = new ArrayList<>();
    private final List<GrePacket> packets = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5 * MILLISECOND;
    private int callId;
    private int nextSequence;

    @Test
    void setsLinkInfoRightAfterTheReplyAndBeginsTheLinkWhenItsCallIsUp() {
        assertThat(connectCall())
                .containsExactly(
                        PptpMessage.START_CONTROL_CONNECTION_REQUEST,
                        PptpMessage.OUTGOING_CALL_REQUEST,
                        PptpMessage.SET_LINK_INFO);
        assertThat(frames()).isEmpty();
        advanceTo(client.nextDeadlineNanos());
        assertThat(frames()).singleElement().matches(frame -> frame.protocol() == PppFrame.LCP);
        assertThat(packets.getFirst().sequence()).hasValue(0);
    }

    @Test
    void losesWhatComesBeforeItsCallIsUpButAcknowledgesIt() {
        connectCall();
        receive(new PppFrame(PppFrame.LCP, Octets.ofHex("0101000c 0304c227 07020802")));
        assertThat(frames()).isEmpty();
        advanceTo(client.nextDeadlineNanos());
        assertThat(frames()).singleElement().matches(frame -> code(frame) == 1);
        assertThat(packets.getLast().acknowledgment()).hasValue(0);
    }

    @Test
    void sendsTheOptionsOfWindowsAndGivesUpCallback() {
        openCall();
        assertThat(frames().getFirst().information().from(4).slice(0, 4))
                .isEqualTo(Octets.ofHex("01040578"));
        receive(new PppFrame(PppFrame.LCP, Octets.ofHex("04000007 0d0306")));
        PppFrame second = frames().getLast();
        assertThat(second.information().slice(0, 4)).isEqualTo(Octets.ofHex("01010012"));
        assertThat(second.information().from(14)).isEqualTo(Octets.ofHex("07020802"));
    }

    @Test
    void opensWithIdentificationsAndThenTheThreeNetworkProtocolsBackToBack() {
        openCall();
        openLink();
        assertThat(frames().stream().map(ClientAutomatonTest::code).skip(2))
                .containsExactly(12, 12, 12);
        int before = frames().size();
        authenticate();
        assertThat(frames().subList(before + 1, frames().size()).stream().map(PppFrame::protocol))
                .containsExactly(PppFrame.IPV6CP, PppFrame.CCP, PppFrame.IPCP);
        assertThat(frames().stream().map(frame -> frame.information().u8(1)).toList())
                .as("one counter of identifiers, apart from the answers")
                .containsExactly(0, 9, 1, 2, 3, 5, 4, 5, 6);
    }

    @Test
    void isUpWhenBothCcpAndIpcpAreOpenAndEncryptsItsFirstEcho() {
        openCall();
        openLink();
        authenticate();
        receive(configure(PppFrame.IPCP, 1, 1, "03060a630001"));
        receive(configure(PppFrame.IPCP, 2, 6, hexOfOptions(frame(PppFrame.IPCP))));
        assertThat(client.networkUp()).isNotDone();
        receive(configure(PppFrame.CCP, 3, 5, "120601000040"));
        assertThat(frames().getLast().information().from(4))
                .isEqualTo(Octets.ofHex("120601000040"));
        receive(configure(PppFrame.CCP, 2, 7, "120601000040"));
        receive(configure(PppFrame.CCP, 1, 1, "120601000040"));
        assertThat(client.networkUp()).isDone();
        assertThat(frames().getLast().protocol()).isEqualTo(PppFrame.COMPRESSED);
        assertThat(frames().getLast().information().u16(0)).isEqualTo(0x9000);
    }

    @Test
    void leavesStepByStep() {
        openCall();
        openLink();
        client.hangUp(nowNanos);
        PppFrame request = frames().getLast();
        assertThat(request.information().from(8)).isEqualTo(Octets.ofHex("003ccd7400000000"));
        receive(new PppFrame(PppFrame.LCP, reply(request.information(), 6)));
        advanceTo(client.nextDeadlineNanos());
        assertThat(client.nextDeadlineNanos()).isPresent();
        advanceTo(client.nextDeadlineNanos());
        assertThat(messages()).contains(PptpMessage.CALL_CLEAR_REQUEST);
    }

    /** Plays the control connection and returns the types of the client's messages. */
    private List<Integer> connectCall() {
        client.connected();
        Octets start = message(0);
        client.receiveControl(reply16(start, 8, 2), nowNanos);
        callId = message(1).u16(12);
        client.receiveControl(
                new OctetWriter()
                        .octets(Octets.ofHex("00200001 1a2b3c4d 0008 0000 0700"))
                        .u16(callId)
                        .octets(Octets.ofHex("01000000 00000000 00400000 00000000"))
                        .toOctets(),
                nowNanos);
        return messages();
    }

    private void openCall() {
        connectCall();
        advanceTo(client.nextDeadlineNanos());
    }

    private void openLink() {
        receive(configure(PppFrame.LCP, 2, 0, hexOfOptions(frames().getFirst())));
        receive(configure(PppFrame.LCP, 1, 9, "0305c22381 050611223344 0702 0802"));
    }

    private void authenticate() {
        receive(
                new PppFrame(
                        PppFrame.CHAP,
                        new PppPacket(1, 5, Octets.ofHex("10").plus(CHALLENGE)).encode()));
        Octets response = frames().getLast().information();
        var expected =
                new MsChapV2Peer(
                        CREDENTIALS.user(),
                        CREDENTIALS.password(),
                        CHALLENGE,
                        response.slice(5, 21));
        Octets proof = new OctetWriter().text(expected.authenticatorResponse()).toOctets();
        receive(new PppFrame(PppFrame.CHAP, new PppPacket(3, 5, proof).encode()));
    }

    private static PppFrame configure(int protocol, int code, int identifier, String options) {
        return PppFrame.of(protocol, new PppPacket(code, identifier, Octets.ofHex(options)));
    }

    private static String hexOfOptions(PppFrame frame) {
        return frame.information().from(4).toString();
    }

    private static Octets reply(Octets request, int code) {
        return new OctetWriter().u8(code).octets(request.from(1)).toOctets();
    }

    private static Octets reply16(Octets request, int offset, int value) {
        return new OctetWriter()
                .octets(request.slice(0, offset))
                .u16(value)
                .octets(request.from(offset + 2))
                .toOctets();
    }

    private static int code(PppFrame frame) {
        return frame.information().u8(0);
    }

    private void receive(PppFrame frame) {
        var packet =
                new GrePacket(
                        callId,
                        OptionalInt.of(nextSequence++),
                        OptionalInt.empty(),
                        frame.encode(true, false));
        client.receive(packet, nowNanos);
    }

    private void advanceTo(OptionalLong deadline) {
        nowNanos = deadline.orElseThrow();
        client.onTimeout(nowNanos);
    }

    private PppFrame frame(int protocol) {
        return frames().stream()
                .filter(frame -> frame.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }

    private List<PppFrame> frames() {
        drain();
        return packets.stream()
                .filter(packet -> packet.sequence().isPresent())
                .map(packet -> PppFrame.decode(packet.payload()).orElseThrow())
                .toList();
    }

    private List<Integer> messages() {
        drain();
        return sentMessages.stream().map(octets -> octets.u16(8)).toList();
    }

    private Octets message(int index) {
        drain();
        return sentMessages.get(index);
    }

    private void drain() {
        Optional<ClientAction> action = client.pollAction();
        while (action.isPresent()) {
            switch (action.get()) {
                case SendMessage(PptpMessage message) -> sentMessages.add(message.octets());
                case SendPacket(GrePacket packet) -> packets.add(packet);
                case CloseConnection() -> throw new AssertionError("closed too early");
            }
            action = client.pollAction();
        }
    }
}
