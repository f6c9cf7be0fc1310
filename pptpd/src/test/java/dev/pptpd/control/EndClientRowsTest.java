package dev.pptpd.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.control.ControlAction.CallCleared;
import dev.pptpd.control.ControlAction.CallConnected;
import dev.pptpd.control.ControlAction.Close;
import dev.pptpd.control.ControlAction.Send;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CLIENTS.md section 10, row by row, as far as the control connection goes, in octets; what LCP
 * says is in the rows of {@code ppp}. The second row, that no capture is long enough for an Echo,
 * has nothing to be asserted.
 */
final class EndClientRowsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String MAGIC_COOKIE = "1a2b3c4d";

    /** Of the capture W7: the client's call id, and ours. */
    private static final String THEIRS = "fcb0";

    private static final String OURS = "03e9";

    private static final String START =
            message("0001", "0100 0000 00000001 00000001 0000 0000" + "00".repeat(64))
                    + HEX.formatHex("Microsoft".getBytes(US_ASCII))
                    + "00".repeat(64 - 9);
    private static final String CALL =
            message(
                    "0007",
                    THEIRS
                            + "0001 0000012c 05f5e100 00000003 00000003 0040 0000 0000 0000"
                            + "00".repeat(64 + 64));
    private static final String LINK_INFO = message("000f", OURS + "0000 ffffffff ffffffff");
    private static final String CLEAR = message("000c", THEIRS + "0000");
    private static final String STOP = message("0003", "01 00 0000");
    private static final String STOP_REPLY = message("0004", "01 00 0000");
    private static final String NOTIFY =
            message("000d", OURS + "04 00 0000 0000" + "00".repeat(128));

    private final ConnectionRig server = ConnectionRig.granting(1);

    /** A message of one type with this body; the lengths of START are made up for its names. */
    private static String message(String type, String body) {
        String octets = body.replace(" ", "");
        int length = type.equals("0001") ? 156 : 12 + octets.length() / 2;
        return String.format("%04x0001", length) + MAGIC_COOKIE + type + "0000" + octets;
    }

    @BeforeEach
    void comeUp() {
        List<ControlAction> actions = hear(START + CALL + LINK_INFO);
        assertThat(actions).filteredOn(CallConnected.class::isInstance).hasSize(1);
    }

    @Test
    @DisplayName("10.1 Windows and pptp-client ask after 60 s of silence, and are answered at once")
    void answersTheEchoOfAClient() {
        for (int minute = 1; minute < 60; minute++) {
            server.pass(Duration.ofSeconds(59));
            String identifier = String.format("%08x", minute);
            assertThat(hear(message("0005", identifier)))
                    .extracting(EndClientRowsTest::octets)
                    .containsExactly(message("0006", identifier + "01 00 0000"));
        }
    }

    @Test
    @DisplayName("10.1 Android and macOS never ask: our own echoes find out whether they are there")
    void asksAClientThatIsSilentItself() {
        assertThat(server.pass(Duration.ofSeconds(60)))
                .extracting(EndClientRowsTest::octets)
                .containsExactly(message("0005", "00000001"));
        assertThat(hear(message("0006", "00000001 01 00 0000"))).isEmpty();
        assertThat(server.pass(Duration.ofSeconds(60))).hasSize(1);
        assertThat(server.pass(Duration.ofSeconds(60)))
                .contains(new Close(ControlCloseReason.ECHO_REPLY_MISSING));
    }

    @Test
    @DisplayName(
            "10.4 Windows hangs up: link info, clear, notify of 148 octets, stop, reply, close")
    void endsWithWindowsInItsOrder() {
        assertThat(hear(LINK_INFO)).noneMatch(Send.class::isInstance);
        assertThat(sent(hear(CLEAR))).containsExactly(NOTIFY);
        assertThat(NOTIFY).hasSize(2 * 148);
        List<ControlAction> end = hear(STOP);
        assertThat(sent(end)).containsExactly(STOP_REPLY);
        assertThat(end).last().isEqualTo(new Close(ControlCloseReason.STOPPED_BY_PEER));
    }

    @ParameterizedTest(
            name = "10.6 our client takes a notify of result {0}, as RRAS sends 0 always")
    @ValueSource(ints = {0, 1, 2, 3, 4, 255})
    void takesEveryResultOfANotify(int result) {
        ConnectionRig client = connected();
        assertThat(client.receive(notify(7, result)))
                .singleElement()
                .isInstanceOfSatisfying(
                        CallCleared.class,
                        cleared ->
                                assertThat(cleared.end()).isEqualTo(CallEnd.DISCONNECTED_BY_PEER));
    }

    @Test
    @DisplayName("10.7 a clear bears the id of its sender, a notify ours: 64688 and 15159 of W7")
    void knowsACallByTheIdOfItsSender() {
        assertThat(hear(message("000c", OURS + "0000"))).as("our own id").isEmpty();
        assertThat(sent(hear(CLEAR)).getFirst()).startsWith(NOTIFY.substring(0, 28));
        ConnectionRig client = connected();
        assertThat(client.disconnect(501, CallDisconnectResult.REQUEST))
                .containsExactly(new Send(new CallClearRequest(501)));
        assertThat(client.receive(notify(7, 0)))
                .containsExactly(new CallCleared(501, CallEnd.DISCONNECTED));
    }

    @Test
    @DisplayName("10.8 pptp-client clears and closes TCP at once, without a stop")
    void endsWithPptpClientThatClosesAtOnce() {
        assertThat(sent(hear(CLEAR))).containsExactly(NOTIFY);
        assertThat(close()).containsExactly(new Close(ControlCloseReason.TRANSPORT_CLOSED));
    }

    @Test
    @DisplayName("10.8 pptp-client sends its clear again with the FIN: one notify, no more")
    void answersOneOfTwoClears() {
        assertThat(sent(hear(CLEAR + CLEAR))).containsExactly(NOTIFY);
        assertThat(sent(hear(CLEAR))).isEmpty();
        close();
        assertThat(hear(CLEAR)).isEmpty();
    }

    @Test
    @DisplayName("10.9 Android closes TCP without a word: the end of all calls")
    void endsWithAndroidThatSaysNothing() {
        assertThat(close())
                .containsExactly(
                        new CallCleared(1001, CallEnd.TRANSPORT_CLOSED),
                        new Close(ControlCloseReason.TRANSPORT_CLOSED));
    }

    @ParameterizedTest(
            name = "10.10 our client takes a {0} of the server for its end, as Android does")
    @CsvSource({"notify of the server's id, 7", "notify of our own id, 501"})
    void theClientTakesTheEndOfAServer(String message, int callId) {
        ConnectionRig client = connected();
        assertThat(client.receive(notify(callId, 1)))
                .as(message)
                .containsExactly(
                        new CallCleared(501, CallEnd.DISCONNECTED_BY_PEER, "lost carrier"));
    }

    @Test
    @DisplayName("10.10 our client takes a clear of the server for its end, too")
    void theClientTakesTheClearOfAServer() {
        ConnectionRig client = connected();
        assertThat(client.receive(new CallClearRequest(7)))
                .filteredOn(CallCleared.class::isInstance)
                .containsExactly(new CallCleared(501, CallEnd.CLEARED_BY_PEER));
    }

    @Test
    @DisplayName(
            "10.11 Windows waits 30 s for the reply to its start and 60 s for all: both come at once")
    void answersStartAndCallInTheSameInstant() {
        ConnectionRig fresh = ConnectionRig.granting(1);
        assertThat(sent(fresh.receive(octets(START)))).hasSize(1);
        assertThat(sent(fresh.receive(octets(CALL)))).hasSize(1);
    }

    @ParameterizedTest(name = "10.12 the whole end in segments of {0} octets")
    @ValueSource(ints = {1, 2, 13, 16, 17, 1_000})
    void takesTheControlConnectionForAStream(int octets) {
        byte[] stream = HEX.parseHex(LINK_INFO + CLEAR + STOP);
        List<String> sent = new ArrayList<>();
        for (int from = 0; from < stream.length; from += octets) {
            int length = Math.min(octets, stream.length - from);
            sent.addAll(sent(server.receive(ByteBuffer.wrap(stream, from, length).slice())));
        }
        assertThat(sent).containsExactly(NOTIFY, STOP_REPLY);
    }

    /** Our client in a call whose id is 501 here and 7 at the server. */
    private static ConnectionRig connected() {
        ConnectionRig client = ConnectionRig.calling(1);
        client.receive(
                new StartControlConnectionReply(
                        0x0100, 1, 0, 2, 3, 0, 0, TextField.EMPTY, TextField.of("Microsoft")));
        client.place(OutgoingCallRequest.of(501, 1, 64));
        client.receive(new OutgoingCallReply(7, 501, 1, 0, 0, 14_945_108, 16_384, 0, 0));
        assertThat(client.connection.callCount()).isOne();
        return client;
    }

    private static CallDisconnectNotify notify(int callId, int result) {
        return new CallDisconnectNotify(callId, result, 0, 0, TextField.EMPTY);
    }

    private List<ControlAction> hear(String hex) {
        return server.receive(octets(hex));
    }

    private List<ControlAction> close() {
        server.connection.transportClosed("");
        return server.drain();
    }

    private static ByteBuffer octets(String hex) {
        return ByteBuffer.wrap(HEX.parseHex(hex));
    }

    private static List<String> sent(List<ControlAction> actions) {
        return actions.stream()
                .filter(Send.class::isInstance)
                .map(EndClientRowsTest::octets)
                .toList();
    }

    private static String octets(ControlAction action) {
        ByteBuffer message = ControlMessageEncoder.encode(((Send) action).message());
        byte[] octets = new byte[message.remaining()];
        message.get(octets);
        return HEX.formatHex(octets);
    }
}
