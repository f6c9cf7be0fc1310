package dev.pptpd.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.client.EndReport.Course;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.ppp.link.LinkEnd;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndReportTest {
    private static final EndReport REPORT = new EndReport("vpn", EncryptionDemand.ONLY_128);
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final Course UP = new Course(10, 2 * MINUTE_NANOS, MINUTE_NANOS);
    private static final Course NEVER_UP = new Course(10, MINUTE_NANOS, AttemptEnd.NEVER_UP);
    private static final Course SILENCE = new Course(0, MINUTE_NANOS, AttemptEnd.NEVER_UP);

    @ParameterizedTest
    @EnumSource(ConnectFailure.Kind.class)
    void callsAClosedPortAFailureOfTheNetwork(ConnectFailure.Kind kind) {
        AttemptEnd end = REPORT.of(new ConnectFailure(kind, "a reason"));
        assertThat(end.exit()).isEqualTo(ClientExit.NETWORK);
        assertSentence(end);
    }

    @ParameterizedTest
    @EnumSource(CallFailure.Kind.class)
    void explainsEveryRefusedCall(CallFailure.Kind kind) {
        AttemptEnd end = REPORT.of(new CallFailure(kind, 4, 0, 0, ""));
        assertSentence(end);
        assertThat(end.wasUp()).isFalse();
    }

    @Test
    void callsAFullServerAFailureOfAddresses() {
        AttemptEnd end = REPORT.of(new CallFailure(CallFailure.Kind.BUSY, 4, 0, 0, ""));
        assertThat(end.exit()).isEqualTo(ClientExit.ADDRESS);
        assertThat(end.sentence()).contains("busy");
    }

    @ParameterizedTest
    @EnumSource(ControlCloseReason.class)
    void explainsEveryEndOfAConnection(ControlCloseReason reason) {
        assertSentence(REPORT.of(reason, ""));
        assertSentence(REPORT.of(reason, "a detail"));
    }

    static Stream<CloseReason> reasons() {
        return Arrays.stream(Kind.values()).map(kind -> new CloseReason(kind, "a detail"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void explainsEveryEndOfASession(CloseReason reason) {
        assertSentence(REPORT.of(reason, UP));
        assertSentence(REPORT.of(reason, NEVER_UP));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHENTICATION_FAILED, AUTHENTICATION",
        "PEER_NOT_PROVEN, SERVER_NOT_PROVEN",
        "ENCRYPTION_FAILED, ENCRYPTION",
        "ADDRESS_FAILED, ADDRESS",
        "NO_ANSWER, NETWORK",
        "PEER_DEAD, NETWORK",
        "PEER_TERMINATED, PEER_ENDED",
        "NEGOTIATION_FAILED, PEER_ENDED"
    })
    void tellsTheEndsOfALinkApart(LinkEnd.Cause cause, ClientExit exit) {
        AttemptEnd end = REPORT.of(CloseReason.of(new LinkEnd(cause, "")), UP);
        assertThat(end.exit()).isEqualTo(exit);
        assertThat(end.upNanos()).isEqualTo(MINUTE_NANOS);
    }

    /** ATTACKS F03, seen from the client. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NO_ANSWER", "PEER_CLEARED_CALL", "PEER_STOPPED", "TCP_CLOSED"})
    void saysThatProtocol47IsBlockedWhenNoFrameCame(Kind kind) {
        AttemptEnd end = REPORT.of(CloseReason.of(kind), SILENCE);
        assertThat(end.exit()).isEqualTo(ClientExit.NETWORK);
        assertThat(end.sentence())
                .isEqualTo("no PPP frame from vpn; is IP protocol 47 (GRE) blocked on the way?");
    }

    @Test
    void suspectsNoBlockedGreBehindACallThatWasClearedAtOnce() {
        Course atOnce = new Course(0, 200_000_000, AttemptEnd.NEVER_UP);
        AttemptEnd end = REPORT.of(CloseReason.of(Kind.PEER_CLEARED_CALL), atOnce);
        assertThat(end.exit()).isEqualTo(ClientExit.PEER_ENDED);
        assertThat(end.sentence()).isEqualTo("vpn ended it before it was up.");
    }

    @Test
    void knowsThatAServerWithoutACallReplyHasAnsweredBefore() {
        AttemptEnd end = REPORT.of(ControlCloseReason.CALL_REPLY_MISSING, "");
        assertThat(end.exit()).isEqualTo(ClientExit.NETWORK);
        assertThat(end.sentence()).isEqualTo("vpn does not answer the request for a call.");
    }

    /** pppd says "MPPE required but peer negotiation failed" and ends the link. */
    @Test
    void takesAServersWordThatItWantsEncryption() {
        CloseReason reason = new CloseReason(Kind.PEER_TERMINATED, "MPPE required");
        assertThat(REPORT.of(reason, NEVER_UP).exit()).isEqualTo(ClientExit.ENCRYPTION);
        assertThat(REPORT.of(reason, UP).exit()).isEqualTo(ClientExit.PEER_ENDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "address refused",
                "Peer is not authorized to use remote address 10.99.0.10"
            })
    void takesAServersWordThatItHasNoAddress(String text) {
        CloseReason reason = new CloseReason(Kind.PEER_TERMINATED, text);
        assertThat(REPORT.of(reason, NEVER_UP).exit()).isEqualTo(ClientExit.ADDRESS);
        assertThat(REPORT.of(reason, UP).exit()).isEqualTo(ClientExit.PEER_ENDED);
    }

    @Test
    void suspectsTheLackOfEncryptionWhereTheServerGivesNoReason() {
        EndReport clear = new EndReport("vpn", EncryptionDemand.NONE);
        AttemptEnd end = clear.of(CloseReason.of(Kind.PEER_TERMINATED), NEVER_UP);
        assertThat(end.exit()).isEqualTo(ClientExit.ENCRYPTION);
        assertThat(end.sentence()).contains("--no-mppe");
    }

    @Test
    void takesAServersWordThatItIsAboutSomethingElse() {
        EndReport clear = new EndReport("vpn", EncryptionDemand.NONE);
        CloseReason reason = new CloseReason(Kind.PEER_TERMINATED, "no licence left");
        assertThat(clear.of(reason, NEVER_UP).exit()).isEqualTo(ClientExit.PEER_ENDED);
        CloseReason wish = new CloseReason(Kind.PEER_TERMINATED, "MPPE required");
        assertThat(clear.of(wish, NEVER_UP).exit()).isEqualTo(ClientExit.ENCRYPTION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the server wants a login by PAP, we offer MS-CHAPv2 only | --login pap --no-mppe",
                "the server wants a login by EAP, we offer MS-CHAPv2 only | --login eap",
                "the server wants a login by MS-CHAPv1, we offer PAP only | --login mschap takes it",
                "the server wants a login by c227ff, we offer PAP only | does not know that login",
                "the server refuses the login: x (error 648) | --new-password-file",
                "the server refuses the login: x (error 646) | knows the user and the password",
                "the server refuses the login: x (error 647) | knows the user and the password",
                "the server refuses the login: x (error 649) | knows the user and the password",
                "the server refuses the login: x (error 709) | takes the password but not the new",
                "the server refuses the login: x (error 691) | check both",
                "TLS: certificate_expired | do not take each other's certificate",
                "the server refuses the login | check both"
            })
    void saysWhatToDoAboutARefusedLogin(String detail, String advice) {
        AttemptEnd end = REPORT.of(new CloseReason(Kind.AUTHENTICATION_FAILED, detail), NEVER_UP);
        assertThat(end.exit()).isEqualTo(ClientExit.AUTHENTICATION);
        assertThat(end.sentence()).contains(advice, detail);
        assertSentence(end);
        if (!advice.equals("check both")) {
            assertThat(end.sentence()).doesNotContain("check both");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ONLY_128 | rejects CCP: we want 01000040, the peer offers no MPPE | --prefer-mppe or",
                "ANY_STRENGTH | MPPE is required: we want 01000040, the peer offers 00000040 |"
                        + " --mppe-stateful",
                "ONLY_128 | MPPE is required: we want 01000040, the peer offers 01000020 |"
                        + " --require-mppe takes",
                "ONLY_56 | MPPE is required: we want 01000080, the peer offers 01000040 |"
                        + " --require-mppe takes",
                "ONLY_128 | MPPE is required and no login has given keys for it | a login by mschap-v2"
            })
    void namesTheFlagThatHelpsAboutEncryption(
            EncryptionDemand demand, String detail, String advice) {
        AttemptEnd end =
                new EndReport("vpn", demand)
                        .of(new CloseReason(Kind.ENCRYPTION_FAILED, detail), NEVER_UP);
        assertThat(end.exit()).isEqualTo(ClientExit.ENCRYPTION);
        assertThat(end.sentence()).contains(advice);
        assertSentence(end);
    }

    @ParameterizedTest
    @CsvSource({"rejects CCP, PREFERRED", "MPPE required, ONLY_128"})
    void namesNoFlagThatCannotHelp(String detail, EncryptionDemand demand) {
        AttemptEnd end =
                new EndReport("vpn", demand)
                        .of(new CloseReason(Kind.ENCRYPTION_FAILED, detail), NEVER_UP);
        assertThat(end.sentence()).doesNotContain("--");
    }

    @Test
    void saysWhatTheServerLacksWhereItIsNotThePassword() {
        CloseReason reason =
                new CloseReason(
                        Kind.PEER_NOT_PROVEN, "the server's certificate does not name a.example");
        assertThat(REPORT.of(reason, NEVER_UP).sentence())
                .isEqualTo(
                        "whoever answers at vpn does not prove to be the server that you mean: the"
                                + " server's certificate does not name a.example.");
        CloseReason login =
                new CloseReason(
                        Kind.PEER_NOT_PROVEN,
                        "the server lets us in but does not know the password");
        assertThat(REPORT.of(login, NEVER_UP).sentence()).contains("does not know the password");
    }

    private static void assertSentence(AttemptEnd end) {
        assertThat(end.sentence()).matches("[^\\n]+[.?]").doesNotContain("()", "..", "  ", "null");
    }
}
