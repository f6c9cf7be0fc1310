package dev.pptpd.ppp.fsm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.lcp.LcpConfiguration;
import dev.pptpd.ppp.lcp.LcpOptions;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlProtocolTest {
    private static final int MAX_FAILURE = 10;
    private static final int MAX_ROUNDS = 20;
    private static final RestartTimer TIMER = new RestartTimer(300, 3_000, 10, 3, MAX_FAILURE);
    private static final LayerAction UP = new LayerAction.Up();
    private static final LayerAction DOWN = new LayerAction.Down();
    private static final LayerAction FINISHED = new LayerAction.Finished();

    /** Options of LCP that stand for any: one that is fine, one never known, one to be argued. */
    private static final Option FINE = Option.ofShort(1, 1400);

    private static final Option UNKNOWN = new Option(13, new byte[] {6});
    private static final Option TOO_SMALL = Option.ofShort(1, 1);

    private final DrivenProtocol layer = new DrivenProtocol(options(), TIMER);

    @Test
    void takesNothingBeforeTheLowerLayerIsUp() {
        layer.open();
        assertThat(layer.receive(Code.CONFIGURE_REQUEST, 1, FINE)).isTrue();
        layer.rejectCode(new ControlPacket(99, 1, new byte[0]));
        layer.protocolRejected();
        assertThat(layer.sent).isEmpty();
        assertThat(layer.protocol.state()).isEqualTo(State.STARTING);
    }

    @Test
    void opensWhenBothSidesHaveAcknowledged() {
        layer.begin();
        ControlPacket request = layer.next();
        assertThat(request.code()).isEqualTo(Code.CONFIGURE_REQUEST);
        layer.receive(Code.CONFIGURE_REQUEST, 7, FINE);
        assertThat(layer.next()).isEqualTo(packet(Code.CONFIGURE_ACK, 7, FINE));
        assertThat(layer.events).isEmpty();
        layer.acknowledge(request);
        assertThat(layer.events).containsExactly(UP);
        assertThat(layer.protocol.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void opensAlsoWhenThePeersAckComesFirst() {
        layer.begin();
        layer.acknowledge(layer.next());
        layer.receive(Code.CONFIGURE_REQUEST, 7, FINE);
        assertThat(layer.next().code()).isEqualTo(Code.CONFIGURE_ACK);
        assertThat(layer.events).containsExactly(UP);
    }

    @Test
    void repeatsItsRequestUnderTheSameIdentifier() {
        layer.begin();
        ControlPacket request = layer.next();
        assertThat(layer.expire()).isTrue();
        assertThat(layer.next()).isEqualTo(request);
    }

    @Test
    void doesNothingWhenItIsWokenTooEarly() {
        layer.begin();
        layer.next();
        layer.wakeEarly();
        assertThat(layer.sent).isEmpty();
        open();
        layer.wakeEarly();
        assertThat(layer.protocol.isOpened()).isTrue();
    }

    @Test
    void asksUnderANewIdentifierAfterANak() {
        layer.begin();
        ControlPacket request = layer.next();
        layer.receive(Code.CONFIGURE_NAK, request.identifier(), Option.ofShort(1, 1000));
        ControlPacket second = layer.next();
        assertThat(second.identifier()).isNotEqualTo(request.identifier());
        assertThat(optionsOf(second)).contains(Option.ofShort(1, 1000));
    }

    @Test
    void leavesOutWhatThePeerRejects() {
        layer.begin();
        ControlPacket request = layer.next();
        layer.receive(Code.CONFIGURE_REJECT, request.identifier(), Option.ofShort(1, 1400));
        assertThat(optionsOf(layer.next())).noneMatch(option -> option.type() == 1);
    }

    @Test
    void ignoresAcksThatDoNotFit() {
        layer.begin();
        ControlPacket request = layer.next();
        layer.receive(
                new ControlPacket(Code.CONFIGURE_ACK, request.identifier() + 1, request.data()));
        layer.receive(Code.CONFIGURE_ACK, request.identifier(), FINE);
        layer.receive(Code.CONFIGURE_ACK, request.identifier());
        assertThat(layer.protocol.state()).isEqualTo(State.REQ_SENT);
    }

    @Test
    void ignoresNaksAndRejectsThatDoNotFit() {
        layer.begin();
        ControlPacket request = layer.next();
        layer.receive(Code.CONFIGURE_NAK, request.identifier() + 1, FINE);
        layer.receive(Code.CONFIGURE_REJECT, request.identifier() - 1, FINE);
        layer.receive(new ControlPacket(Code.CONFIGURE_NAK, request.identifier(), new byte[] {1}));
        assertThat(layer.sent).isEmpty();
        layer.receive(Code.CONFIGURE_NAK, request.identifier(), FINE);
        layer.next();
        layer.receive(Code.CONFIGURE_NAK, request.identifier(), FINE);
        assertThat(layer.sent).as("the second copy of a Nak").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Code.CONFIGURE_ACK, Code.CONFIGURE_NAK, Code.CONFIGURE_REJECT})
    void staysOpenWhenAnAnswerComesTwice(int code) {
        ControlPacket request = open();
        layer.receive(new ControlPacket(code, request.identifier(), request.data()));
        assertThat(layer.sent).isEmpty();
        assertThat(layer.events).containsExactly(UP);
        assertThat(layer.protocol.isOpened()).isTrue();
    }

    @Test
    void repeatsTheAckOfARepeatedRequestAndStaysUp() {
        open();
        layer.receive(Code.CONFIGURE_REQUEST, 7, FINE);
        assertThat(layer.next()).isEqualTo(packet(Code.CONFIGURE_ACK, 7, FINE));
        assertThat(layer.sent).isEmpty();
        assertThat(layer.events).containsExactly(UP);
    }

    @Test
    void negotiatesAnewWhenAnOpenLayerGetsANewRequest() {
        ControlPacket first = open();
        layer.receive(Code.CONFIGURE_REQUEST, 8, FINE);
        ControlPacket second = layer.next();
        assertThat(second.code()).isEqualTo(Code.CONFIGURE_REQUEST);
        assertThat(second.identifier()).isNotEqualTo(first.identifier());
        assertThat(layer.next()).isEqualTo(packet(Code.CONFIGURE_ACK, 8, FINE));
        layer.acknowledge(second);
        assertThat(layer.events).containsExactly(UP, DOWN, UP);
    }

    @Test
    void negotiatesAnewAlsoWhenTheNewRequestIsNotFine() {
        open();
        layer.receive(Code.CONFIGURE_REQUEST, 8, UNKNOWN);
        assertThat(layer.next().code()).isEqualTo(Code.CONFIGURE_REQUEST);
        assertThat(layer.next()).isEqualTo(packet(Code.CONFIGURE_REJECT, 8, UNKNOWN));
        assertThat(layer.protocol.state()).isEqualTo(State.REQ_SENT);
    }

    @Test
    void dropsARequestWithBrokenOptionsInEveryState() {
        ControlPacket broken =
                new ControlPacket(Code.CONFIGURE_REQUEST, 9, new byte[] {1, 4, 5, 0x78, 3, 0});
        layer.begin();
        ControlPacket request = layer.next();
        layer.receive(broken);
        assertThat(layer.sent).isEmpty();
        layer.receive(Code.CONFIGURE_REQUEST, 7, FINE);
        layer.next();
        layer.acknowledge(request);
        layer.receive(broken);
        assertThat(layer.sent).isEmpty();
        assertThat(layer.protocol.isOpened()).isTrue();
    }

    /** A35 of the list of attacks. */
    @Test
    void naksAtMostMaxFailureTimesThenRejectsThenSaysThatItIsHopeless() {
        layer.begin();
        layer.next();
        int naks = 0;
        int rejects = 0;
        for (int id = 0; id < 100; id++) {
            layer.receive(Code.CONFIGURE_REQUEST, id, TOO_SMALL);
            if (!layer.sent.isEmpty()) {
                int code = layer.next().code();
                naks += code == Code.CONFIGURE_NAK ? 1 : 0;
                rejects += code == Code.CONFIGURE_REJECT ? 1 : 0;
            }
        }
        assertThat(naks).isEqualTo(MAX_FAILURE);
        assertThat(rejects).isEqualTo(MAX_ROUNDS - MAX_FAILURE);
        assertThat(layer.events)
                .hasSize(100 - MAX_ROUNDS)
                .allMatch(event -> event instanceof LayerAction.Unacceptable);
    }

    @Test
    void saysThatItIsHopelessWhenThePeerNaksForEver() {
        layer.begin();
        int requests = 0;
        while (!layer.sent.isEmpty()) {
            layer.receive(Code.CONFIGURE_NAK, layer.next().identifier(), Option.ofShort(1, 1300));
            requests++;
        }
        assertThat(requests).isEqualTo(MAX_ROUNDS + 1);
        assertThat(layer.events).isNotEmpty().hasOnlyElementsOfType(LayerAction.Unacceptable.class);
    }

    /** The counter that the RFC's table sets back with each Ack would let this go on for ever. */
    @Test
    void saysThatItIsHopelessWhenThePeerAgreesToAllAndAsksForNothing() {
        layer.begin();
        for (int n = 0; n < 100 && layer.events.isEmpty(); n++) {
            layer.acknowledge(layer.next());
            layer.expire();
        }
        assertThat(layer.events).isNotEmpty().hasOnlyElementsOfType(LayerAction.Unacceptable.class);
    }

    @Test
    void stillAgreesWithWindowsWhenOneNakIsAllItIsAllowed() {
        DrivenProtocol impatient =
                new DrivenProtocol(options(), new RestartTimer(300, 3_000, 10, 3, 1));
        impatient.begin();
        ControlPacket request = impatient.next();
        impatient.receive(Code.CONFIGURE_REQUEST, 0, FINE, UNKNOWN);
        impatient.receive(Code.CONFIGURE_REQUEST, 1, TOO_SMALL);
        impatient.receive(Code.CONFIGURE_REQUEST, 2, FINE);
        impatient.acknowledge(request);
        assertThat(impatient.events).containsExactly(UP);
    }

    @Test
    void sendsNothingWhileItAwaitsThePeer() {
        layer.open();
        layer.protocol.awaitPeer();
        assertThat(layer.expire()).isFalse();
        assertThat(layer.sent).isEmpty();
        layer.receive(Code.CONFIGURE_REQUEST, 1, FINE);
        assertThat(layer.next().code()).isEqualTo(Code.CONFIGURE_REQUEST);
        assertThat(layer.next()).isEqualTo(packet(Code.CONFIGURE_ACK, 1, FINE));
    }

    @Test
    void asksByItselfOnceItStopsWaiting() {
        layer.open();
        layer.protocol.awaitPeer();
        layer.stopWaiting();
        assertThat(layer.next().code()).isEqualTo(Code.CONFIGURE_REQUEST);
        layer.stopWaiting();
        assertThat(layer.sent).isEmpty();
        assertThat(layer.protocol.state()).isEqualTo(State.REQ_SENT);
    }

    @Test
    void stopWaitingDoesNotDisturbAnOpenLayer() {
        open();
        layer.stopWaiting();
        assertThat(layer.sent).isEmpty();
        assertThat(layer.protocol.isOpened()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 14, 99, 255})
    void leavesOtherCodesToItsOwnerWhoMayHaveThemRejected(int code) {
        open();
        ControlPacket unknown = new ControlPacket(code, 3, new byte[] {1, 2, 3});
        assertThat(layer.receive(unknown)).isFalse();
        layer.rejectCode(unknown);
        ControlPacket answer = layer.next();
        assertThat(answer.code()).isEqualTo(Code.CODE_REJECT);
        assertThat(answer.data()).isEqualTo(unknown.encode());
        assertThat(layer.protocol.isOpened()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void endsWhenThePeerDoesNotKnowABasicCode(int code) {
        open();
        layer.receive(new ControlPacket(Code.CODE_REJECT, 1, new byte[] {(byte) code, 1, 0, 4}));
        assertThat(layer.events).containsExactly(UP, DOWN);
        assertThat(layer.next().code()).isEqualTo(Code.TERMINATE_REQUEST);
    }

    @Test
    void staysOpenWhenThePeerDoesNotKnowAnotherCode() {
        open();
        layer.receive(new ControlPacket(Code.CODE_REJECT, 1, new byte[] {12, 1, 0, 4}));
        layer.receive(new ControlPacket(Code.CODE_REJECT, 1, new byte[0]));
        assertThat(layer.events).containsExactly(UP);
        assertThat(layer.sent).isEmpty();
    }

    @Test
    void answersATerminateRequestWithItsDataAndFinishesOneIntervalLater() {
        open();
        byte[] data = "good bye".getBytes(US_ASCII);
        layer.receive(new ControlPacket(Code.TERMINATE_REQUEST, 5, data));
        assertThat(layer.next()).isEqualTo(new ControlPacket(Code.TERMINATE_ACK, 5, data));
        assertThat(layer.events).containsExactly(UP, DOWN);
        layer.receive(new ControlPacket(Code.TERMINATE_REQUEST, 6, data));
        assertThat(layer.next()).isEqualTo(new ControlPacket(Code.TERMINATE_ACK, 6, data));
        layer.expire();
        assertThat(layer.events).containsExactly(UP, DOWN, FINISHED);
    }

    @Test
    void closesWithATerminateRequestAndItsAck() {
        open();
        layer.close(new byte[] {1, 2});
        ControlPacket request = layer.next();
        assertThat(request.code()).isEqualTo(Code.TERMINATE_REQUEST);
        assertThat(request.data()).containsExactly(1, 2);
        layer.receive(new ControlPacket(Code.TERMINATE_ACK, request.identifier(), new byte[0]));
        assertThat(layer.events).containsExactly(UP, DOWN, FINISHED);
        assertThat(layer.expire()).isFalse();
    }

    @Test
    void closesAloneWhenNoTerminateAckComes() {
        open();
        layer.close(new byte[0]);
        int requests = 0;
        do {
            requests += layer.sent.size();
            layer.sent.clear();
        } while (layer.expire());
        assertThat(requests).isEqualTo(TIMER.maxTerminate());
        assertThat(layer.events).containsExactly(UP, DOWN, FINISHED);
    }

    @Test
    void answersNothingButTerminateRequestsWhileItCloses() {
        open();
        layer.close(new byte[0]);
        layer.sent.clear();
        layer.receive(Code.CONFIGURE_REQUEST, 8, FINE);
        assertThat(layer.sent).isEmpty();
        layer.receive(new ControlPacket(Code.TERMINATE_REQUEST, 9, new byte[0]));
        assertThat(layer.next().code()).isEqualTo(Code.TERMINATE_ACK);
    }

    @Test
    void answersTheRequestToAClosedLayerWithTerminateAck() {
        open();
        layer.close(new byte[0]);
        layer.receive(new ControlPacket(Code.TERMINATE_ACK, layer.next().identifier(), bytes()));
        layer.receive(Code.CONFIGURE_REQUEST, 8, FINE);
        assertThat(layer.next()).isEqualTo(new ControlPacket(Code.TERMINATE_ACK, 8, bytes()));
    }

    @Test
    void negotiatesAnewAfterAnUnexpectedTerminateAck() {
        open();
        layer.receive(new ControlPacket(Code.TERMINATE_ACK, 0, new byte[0]));
        assertThat(layer.events).containsExactly(UP, DOWN);
        assertThat(layer.next().code()).isEqualTo(Code.CONFIGURE_REQUEST);
    }

    @Test
    void finishesWhenThePeerNeverAnswers() {
        layer.begin();
        int requests = 0;
        do {
            requests += layer.sent.size();
            layer.sent.clear();
        } while (layer.expire());
        assertThat(requests).isEqualTo(TIMER.maxConfigure());
        assertThat(layer.events).containsExactly(FINISHED);
    }

    @Test
    void beginsAgainWhenAStoppedLayerIsAsked() {
        layer.begin();
        while (layer.expire()) {
            layer.sent.clear();
        }
        layer.receive(Code.CONFIGURE_REQUEST, 1, FINE);
        ControlPacket request = layer.next();
        layer.acknowledge(request);
        assertThat(layer.events).containsExactly(FINISHED, UP);
    }

    @Test
    void finishesWhenThePeerRejectsTheProtocol() {
        layer.begin();
        layer.protocolRejected();
        assertThat(layer.events).containsExactly(FINISHED);
        assertThat(layer.expire()).isFalse();
    }

    @Test
    void goesDownWithTheLowerLayerAndComesUpAgain() {
        open();
        layer.down();
        layer.down();
        assertThat(layer.events).containsExactly(UP, DOWN);
        assertThat(layer.protocol.state()).isEqualTo(State.STARTING);
    }

    /** Our request that the peer acknowledged; its own had identifier 7. */
    private ControlPacket open() {
        if (layer.protocol.state() == State.INITIAL) {
            layer.begin();
        } else {
            layer.expire();
        }
        ControlPacket request = layer.next();
        layer.receive(Code.CONFIGURE_REQUEST, 7, FINE);
        layer.next();
        layer.acknowledge(request);
        assertThat(layer.protocol.isOpened()).isTrue();
        return request;
    }

    private static LcpOptions options() {
        return new LcpOptions(
                new LcpConfiguration(1400, true, 0, true, List.of(), true, true, true),
                new Random(1));
    }

    private static ControlPacket packet(int code, int identifier, Option... options) {
        return new ControlPacket(code, identifier, new OptionList(List.of(options)).encode());
    }

    private static List<Option> optionsOf(ControlPacket packet) {
        return OptionList.decode(packet.data()).orElseThrow().options();
    }

    private static byte[] bytes() {
        return new byte[0];
    }
}
