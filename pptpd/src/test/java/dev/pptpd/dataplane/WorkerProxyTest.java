package dev.pptpd.dataplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.NtPasswordHash;
import dev.pptpd.ppp.auth.PeerName;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.InnerSources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the keys of a login when there is nobody to give them to. */
final class WorkerProxyTest {
    private static final long NOW = TestDataPlane.NOW;
    private static final byte[] CHALLENGE = new byte[MsChapV2.CHALLENGE_OCTETS];
    private static final byte[] WIPED = new byte[MppeStartKeys.KEY_OCTETS];

    private final TestDataPlane plane = new TestDataPlane();
    private final MppeStartKeys keys =
            new MppeStartKeys(TestDataPlane.SEND_KEY, TestDataPlane.RECEIVE_KEY);

    @Test
    void wipesTheKeysOfALoginWhoseDeviceCannotBeWatched() {
        plane.open(1);
        plane.watchesNoMore = true;
        admission(1).run(plane.sessions, NOW);
        assertThat(plane.ended).containsEntry(1, CloseReason.Kind.DEVICE_FAILED);
        assertKeysAreWiped();
    }

    @Test
    void wipesTheKeysOfALoginWhoseSessionHasEnded() {
        admission(1).run(plane.sessions, NOW);
        assertThat(plane.ended).isEmpty();
        assertKeysAreWiped();
    }

    private void assertKeysAreWiped() {
        assertThat(keys.send()).isEqualTo(WIPED);
        assertThat(keys.receive()).isEqualTo(WIPED);
    }

    private Worker.Command admission(int callId) {
        PeerName alice = new PeerName("alice".getBytes(UTF_8));
        AuthenticationRequest login =
                MsChapV2.respond(
                        alice, CHALLENGE, CHALLENGE, NtPasswordHash.ofPassword("wonderland"));
        return WorkerProxy.admission(
                callId,
                login,
                new AuthenticationResult.Accepted("S=" + "0".repeat(40), Optional.of(keys), alice),
                new Ipv4Assignment(Ipv4Address.ANY, Ipv4Address.ANY, List.of(), List.of()),
                InnerSources.any(),
                new TestDevice());
    }
}
