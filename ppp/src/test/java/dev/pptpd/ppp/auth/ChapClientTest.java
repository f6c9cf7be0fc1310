package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationClient.Action;
import dev.pptpd.ppp.packet.ControlPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChapClientTest {
    private static final NtPasswordHash PASSWORD = NtPasswordHash.ofPassword("clientPass");
    private static final byte[] CHALLENGE = "0123456789abcdef".getBytes(US_ASCII);

    private final ChapClient client =
            new ChapClient(
                    ChapAlgorithm.MS_CHAP_V2,
                    new PeerName("User".getBytes(UTF_8)),
                    new ClientPassword(KnownPassword.ofHash(PASSWORD)),
                    ChapTimer.DEFAULT,
                    new Random(1));
    private long nowNanos = -TimeUnit.HOURS.toNanos(1);

    @Test
    void answersAChallengeWith49OctetsAndItsName() {
        client.start(nowNanos);
        ControlPacket response = answered(challenge(7, CHALLENGE));
        assertThat(response.code()).isEqualTo(2);
        assertThat(response.identifier()).isEqualTo(7);
        assertThat(response.data()).hasSize(1 + 49 + 4).startsWith(49).endsWith('U', 's', 'e', 'r');
    }

    @Test
    void repeatsItsResponseToARepeatedChallenge() {
        client.start(nowNanos);
        ControlPacket first = answered(challenge(7, CHALLENGE));
        assertThat(answered(challenge(7, CHALLENGE))).isEqualTo(first);
    }

    @Test
    void answersEveryNewChallengeWithAFreshOneOfItsOwn() {
        client.start(nowNanos);
        byte[] other = CHALLENGE.clone();
        other[15]++;
        List<String> peerChallenges = new ArrayList<>();
        for (ControlPacket challenge :
                List.of(challenge(7, CHALLENGE), challenge(8, CHALLENGE), challenge(8, other))) {
            byte[] data = answered(challenge).data();
            peerChallenges.add(Arrays.toString(Arrays.copyOfRange(data, 1, 17)));
        }
        assertThat(peerChallenges).doesNotHaveDuplicates();
    }

    @Test
    void believesTheProofAndHasTheServersKeysChangedOver() {
        client.start(nowNanos);
        AuthenticationResult.Accepted accepted = verify(answered(challenge(7, CHALLENGE)));
        client.receive(packet(3, 7, accepted.successMessage() + " M=Welcome"), nowNanos);
        assertThat(client.pollAction())
                .isInstanceOfSatisfying(
                        Action.Succeeded.class,
                        succeeded -> {
                            MppeStartKeys server = accepted.startKeys().orElseThrow();
                            MppeStartKeys keys = succeeded.startKeys().orElseThrow();
                            assertThat(keys.send()).isEqualTo(server.receive());
                            assertThat(keys.receive()).isEqualTo(server.send());
                        });
        assertThat(client.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesNoVerdictWithAnotherIdentifierOrWithoutAResponse() {
        client.start(nowNanos);
        client.receive(packet(3, 7, "S=00"), nowNanos);
        client.receive(packet(4, 7, "E=691"), nowNanos);
        AuthenticationResult.Accepted accepted = verify(answered(challenge(7, CHALLENGE)));
        client.receive(packet(3, 6, "S=00"), nowNanos);
        client.receive(packet(4, 8, "E=691"), nowNanos);
        assertThat(client.pollAction()).isNull();
        client.receive(packet(3, 7, accepted.successMessage()), nowNanos);
        assertThat(client.pollAction()).isInstanceOf(Action.Succeeded.class);
        client.receive(packet(3, 7, accepted.successMessage()), nowNanos);
        client.receive(packet(4, 7, "E=691"), nowNanos);
        assertThat(client.pollAction()).as("the verdict is in").isNull();
    }

    @Test
    void dropsChallengesOfAnyOtherSize() {
        client.start(nowNanos);
        for (int octets = 0; octets < 40; octets++) {
            byte[] data = new byte[octets];
            if (octets > 0) {
                data[0] = (byte) (octets == 20 ? 15 : octets - 1);
            }
            client.receive(new ControlPacket(1, 1, data), nowNanos);
            assertThat(client.pollAction() != null).isEqualTo(octets == 17);
        }
    }

    /** A28 of the list of attacks. */
    @Test
    void answersNothingBeforeItStartsAndAfterItStops() {
        client.receive(challenge(1, CHALLENGE), nowNanos);
        client.start(nowNanos);
        client.stop();
        client.receive(challenge(1, CHALLENGE), nowNanos);
        assertThat(client.pollAction()).isNull();
        assertThat(client.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /** A lost Success comes again only when the Response does, RFC 1994 section 4.2. */
    @Test
    void repeatsAResponseWithoutAVerdictAndGivesUpAtLast() {
        client.start(nowNanos);
        ControlPacket response = answered(challenge(7, CHALLENGE));
        List<Action> actions = runOut();
        assertThat(actions).hasSize(10);
        assertThat(actions.subList(0, 9)).containsOnly(new Action.Send(response));
        assertThat(actions.getLast())
                .isEqualTo(new Action.Failed("no verdict from the server on 10 responses"));
    }

    @Test
    void givesUpOnAServerThatNeverChallenges() {
        client.start(nowNanos);
        assertThat(runOut())
                .containsExactly(new Action.Failed("no challenge from the server in 60 s"));
    }

    @Test
    void silenceInMidSessionEndsNothing() {
        client.start(nowNanos);
        AuthenticationResult.Accepted accepted = verify(answered(challenge(7, CHALLENGE)));
        client.receive(packet(3, 7, accepted.successMessage()), nowNanos);
        client.pollAction();
        ControlPacket response = answered(challenge(8, CHALLENGE));
        assertThat(runOut()).hasSize(9).containsOnly(new Action.Send(response));
    }

    @Test
    void anyOctetsMayStandInAFailure() {
        Random random = new Random(4);
        for (int n = 0; n < 2_000; n++) {
            client.start(nowNanos);
            answered(challenge(n, CHALLENGE));
            byte[] text = new byte[random.nextInt(300)];
            random.nextBytes(text);
            byte[] front = "E=691 R=0 M=".getBytes(US_ASCII);
            byte[] data = ByteBuffer.allocate(12 + text.length).put(front).put(text).array();
            client.receive(new ControlPacket(4, n, n % 2 == 0 ? data : text), nowNanos);
            assertThat(client.pollAction())
                    .isInstanceOfSatisfying(
                            Action.Failed.class,
                            failed -> assertThat(failed.reason()).matches("[ !#-~]{10,600}"));
        }
    }

    private List<Action> runOut() {
        List<Action> actions = new ArrayList<>();
        while (client.nextDeadlineNanos() != Long.MAX_VALUE) {
            nowNanos = client.nextDeadlineNanos();
            client.onTimeout(nowNanos);
            Action action = client.pollAction();
            while (action != null) {
                actions.add(action);
                action = client.pollAction();
            }
        }
        return actions;
    }

    private ControlPacket answered(ControlPacket challenge) {
        client.receive(challenge, nowNanos);
        Action action = client.pollAction();
        assertThat(action).isInstanceOf(Action.Send.class);
        assertThat(client.pollAction()).isNull();
        return ((Action.Send) action).packet();
    }

    private static AuthenticationResult.Accepted verify(ControlPacket response) {
        MsChapV2Request request = MsChapV2Request.decode(response.data(), CHALLENGE).orElseThrow();
        return (AuthenticationResult.Accepted) MsChapV2.verify(request, PASSWORD);
    }

    private static ControlPacket challenge(int identifier, byte[] value) {
        byte[] data =
                ByteBuffer.allocate(21)
                        .put((byte) 16)
                        .put(value)
                        .put("pppd".getBytes(US_ASCII))
                        .array();
        return new ControlPacket(1, identifier, data);
    }

    private static ControlPacket packet(int code, int identifier, String text) {
        return new ControlPacket(code, identifier, text.getBytes(US_ASCII));
    }
}
