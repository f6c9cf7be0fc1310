package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.auth.Account;
import dev.pptpd.auth.UserSettings;
import dev.pptpd.config.TunnelOptions;
import dev.pptpd.control.CallDisconnectResult;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.StopControlConnectionReason;
import dev.pptpd.dhcp.DhcpTerms;
import dev.pptpd.gre.linux.ErrnoException;
import dev.pptpd.limit.LimitChanges;
import dev.pptpd.limit.OctetDirection;
import dev.pptpd.limit.RateLimits;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.net.CallDecision;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.SessionRig.OpenCall;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of things between control connection, worker and devices, one step at a time. */
final class SessionControlTest {
    private static final byte[] WIPED = new byte[16];

    private final SessionRig rig = new SessionRig();

    @AfterEach
    void nothingIsLeftToDo() {
        assertThat(rig.loop).isEmpty();
    }

    @Test
    void makesTheDeviceBeforeThePeerHearsOfItsLogin() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        assertThat(rig.worker.commands).containsExactly("open");
        makeDevice();
        assertThat(rig.worker.commands).containsExactly("open", "admit alice to ppp0");
        assertThat(rig.worker.admitted).containsExactly(SessionRig.address("10.99.0.10"));
    }

    @Test
    void tellsTheWorkerTheTermsOfASessionBeforeItHasADevice() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        assertThat(rig.worker.terms).isEmpty();
        makeDevice();
        SessionTerms terms = rig.worker.terms.getFirst();
        assertThat(terms.mtuBytes()).isEqualTo(1400);
        assertThat(terms.clampsMss()).isTrue();
        assertThat(terms.farEnd()).isEqualTo(SessionRig.address("10.99.0.10"));
        assertThat(terms.dhcp())
                .isEqualTo(
                        new DhcpTerms(
                                SessionRig.address("10.99.0.1"),
                                List.of(),
                                List.of(),
                                "",
                                List.of()));
        assertThat(terms.limits()).isEqualTo(SessionLimits.NONE);
        assertThat(terms.rates()).isEqualTo(RateLimits.NONE);
    }

    @Test
    void narrowsTheDeviceOfALinkThatStartsOverWithSmallerPackets() {
        OpenCall call = up("alice");
        rig.events.onLogin(call.callId(), SessionRig.login("alice", "wonderland"), 1_500);
        rig.runLoop();
        assertThat(rig.devices.narrowed).isEmpty();
        rig.events.onLogin(call.callId(), SessionRig.login("alice", "wonderland"), 1_200);
        rig.runLoop();
        assertThat(rig.devices.narrowed).containsExactly("ppp0 to 1200");
        assertThat(rig.worker.terms)
                .extracting(SessionTerms::mtuBytes)
                .containsExactly(1400, 1400, 1200);
    }

    @Test
    void letsTheWordsOfAUserReplaceThoseOfAll() {
        TunnelOptions ofAll =
                new TunnelOptions(
                        false,
                        true,
                        false,
                        "example.com",
                        List.of(SessionRig.network("10.1.0.0/16")),
                        new SessionLimits(60, 0, 0, OctetDirection.SUM, 1));
        UserSettings ofUser =
                new UserSettings(
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalInt.empty(),
                        Optional.of("branch.example.com"),
                        List.of(SessionRig.network("10.7.0.0/16")),
                        new LimitChanges(
                                OptionalInt.of(0),
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                new RateLimits(2_000, 500)),
                        Optional.empty(),
                        Account.OPEN,
                        Optional.empty());
        Ipv4Address server = SessionRig.address("10.99.0.1");
        Ipv4Assignment assignment =
                new Ipv4Assignment(
                        server, SessionRig.address("10.99.0.10"), List.of(server), List.of());
        SessionTerms terms = SessionTerms.of(ofAll, ofUser, assignment, 1300);
        assertThat(terms.clampsMss()).isFalse();
        assertThat(terms.limits()).isEqualTo(SessionLimits.NONE);
        assertThat(terms.rates()).isEqualTo(new RateLimits(2_000, 500));
        assertThat(terms.dhcp())
                .isEqualTo(
                        new DhcpTerms(
                                server,
                                List.of(server),
                                List.of(),
                                "branch.example.com",
                                List.of(SessionRig.network("10.7.0.0/16"))));
        DhcpTerms others =
                Objects.requireNonNull(
                        SessionTerms.of(ofAll, UserSettings.NONE, assignment, 1300).dhcp());
        assertThat(others.domain()).isEqualTo("example.com");
    }

    /** ATTACKS F03. */
    @Test
    void forgetsStrayPacketsThatCameBeforeTheCall() {
        rig.strays.countUnknownCallId(SessionRig.address("192.0.2.7").value(), 9);
        rig.call();
        assertThat(rig.strays.from(SessionRig.address("192.0.2.7"))).isEmpty();
    }

    @Test
    void beginsTheSessionOfAnIncomingCallWhenItIsConnected() {
        OpenCall call = rig.incomingCall();
        assertThat(rig.worker.commands).isEmpty();
        connect(call);
        rig.logIn(call, "alice");
        makeDevice();
        assertThat(rig.worker.commands).containsExactly("open", "admit alice to ppp0");
    }

    @Test
    void tellsTheWorkerTheEncryptionOfAUserBeforeItLetsTheUserIn() {
        OpenCall call = rig.incomingCall();
        connect(call);
        rig.logIn(call, "dave");
        makeDevice();
        assertThat(rig.worker.commands)
                .containsExactly("open", "encrypt by DENY", "admit dave to ppp0");
    }

    @Test
    void forgetsAnIncomingCallThatIsNeverConnected() {
        OpenCall call = rig.incomingCall();
        assertThat(rig.pool.size()).isOne();
        rig.control.onCallEnded(call.callId(), CallEnd.DISCONNECTED_BY_PEER, "", 0);
        assertThat(rig.worker.commands).isEmpty();
        assertThat(rig.control.size()).isZero();
    }

    @Test
    void disconnectsAnIncomingCallForWhichTheWorkerHasNoRoom() {
        OpenCall call = rig.incomingCall();
        rig.worker.full = true;
        connect(call);
        assertThat(call.channel().disconnects).containsExactly(CallDisconnectResult.GENERAL_ERROR);
        assertThat(rig.control.size()).isZero();
    }

    @Test
    void stopsTheConnectionOfAnIncomingCallThatIsNotConnectedAtShutdown() {
        OpenCall call = rig.incomingCall();
        AtomicInteger idle = new AtomicInteger();
        rig.control.shutDown(idle::incrementAndGet);
        assertThat(call.channel().stops)
                .containsExactly(StopControlConnectionReason.LOCAL_SHUTDOWN);
        assertThat(idle).hasPositiveValue();
    }

    private void connect(OpenCall call) {
        rig.control.onCallConnected(call.callId(), 7, new CallTerms(64, 0, 100_000_000), 0);
    }

    /** A disk takes its time; so does a certificate. */
    @Test
    void waitsForNoDiskAndNoComputation() {
        OpenCall call = rig.call();
        rig.changePassword(call, "alice", "looking glass");
        assertThat(rig.stored).isEmpty();
        assertThat(rig.worker.commands).containsExactly("open");
        rig.runBackground();
        makeDevice();
        assertThat(rig.stored).containsExactly("alice");
        assertThat(rig.worker.commands).containsExactly("open", "admit alice to ppp0");
        rig.events.onComputation(call.callId(), () -> rig.stored.add("computed"));
        rig.runLoop();
        assertThat(rig.stored).hasSize(1);
        rig.runBackground();
        assertThat(rig.stored).hasSize(2);
        assertThat(rig.worker.commands).endsWith("computed");
    }

    @Test
    void refusesAnEmptyPassword() {
        OpenCall call = rig.call();
        rig.changePassword(call, "alice", "");
        rig.runBackground();
        assertThat(rig.stored).isEmpty();
        assertThat(rig.worker.commands).containsExactly("open", "refuse alice");
    }

    @Test
    void givesNothingToASessionThatEndsDuringAChangeOfPassword() {
        OpenCall call = rig.call();
        rig.changePassword(call, "alice", "looking glass");
        rig.hangUp(call);
        rig.runBackground();
        assertThat(rig.stored).containsExactly("alice");
        assertThat(rig.worker.commands).containsExactly("open", "drop call-cleared");
        assertThat(rig.control.size()).isZero();
    }

    @Test
    void endsASessionWhoseComputationFails() {
        OpenCall call = rig.call();
        rig.events.onComputation(
                call.callId(),
                () -> {
                    throw new IllegalStateException("our mistake");
                });
        rig.runLoop();
        rig.runBackground();
        assertThat(rig.worker.commands).containsExactly("open", "terminate internal-error");
    }

    @Test
    void refusesAWrongPassword() {
        OpenCall call = rig.call();
        rig.events.onLogin(call.callId(), SessionRig.login("alice", "wrong"), 1400);
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("open", "refuse alice");
        assertThat(rig.devices.wanted()).isZero();
    }

    @Test
    void givesTheAddressBackWhenTheDeviceIsGone() {
        OpenCall call = up("alice");
        rig.hangUp(call);
        assertThat(rig.pool.size()).isOne();
        rig.devices.finishRemoval();
        rig.runLoop();
        assertNothingLeft("ppp0");
    }

    @Test
    void keepsTheAddressOfASessionThatEndedWhileItsDeviceWasMade() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.hangUp(call);
        assertThat(rig.pool.size()).as("a device with this address is on its way").isOne();

        makeDevice();
        assertThat(rig.worker.commands).containsExactly("open", "drop call-cleared");
        assertThat(rig.pool.size()).as("it is there").isOne();

        rig.devices.finishRemoval();
        rig.runLoop();
        assertNothingLeft("ppp0");
    }

    @Test
    void givesTheAddressBackWhenTheDeviceOfAnEndedSessionCannotBeMade() {
        OpenCall call = rig.call();
        rig.logIn(call, "bob");
        rig.hangUp(call);
        rig.devices.fail(new ErrnoException("ioctl(TUNSETIFF)", 12, "a device"));
        rig.runLoop();
        assertNothingLeft();
        assertThat(rig.worker.commands)
                .as("its call id is somebody else's by then")
                .containsExactly("open", "drop call-cleared");
    }

    @Test
    void terminatesWhenTheDeviceCannotBeMadeF20() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.devices.fail(new ErrnoException("ioctl(TUNSETIFF)", 1, "a device"));
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("open", "terminate device-failed");
        rig.endOnWorker(call, CloseReason.Kind.DEVICE_FAILED);
        assertThat(call.channel().disconnects).containsExactly(CallDisconnectResult.GENERAL_ERROR);
        assertNothingLeft();
    }

    @Test
    void admitsTheLatestLoginOfALinkThatStartedOverWhileTheDeviceWasMade() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.logIn(call, "alice");
        assertThat(rig.devices.wanted()).as("one device for a session").isOne();
        makeDevice();
        assertThat(rig.worker.commands).containsExactly("open", "admit alice to ppp0");
    }

    @Test
    void letsALinkThatStartsOverKeepItsDevice() {
        OpenCall call = up("alice");
        rig.logIn(call, "alice");
        assertThat(rig.worker.commands)
                .containsExactly("open", "admit alice to ppp0", "admit alice to ppp0");
        assertThat(rig.devices.wanted()).isZero();
    }

    @Test
    void endsALinkThatStartsOverAsAUserOfAnotherAddress() {
        OpenCall call = up("alice");
        rig.logIn(call, "bob");
        assertThat(rig.worker.commands).endsWith("terminate address-refused");
        rig.hangUp(call);
        rig.devices.finishRemoval();
        rig.runLoop();
        assertNothingLeft("ppp0");
    }

    @Test
    void givesAnAddressOfAUsersOwnToOneSessionAtATime() {
        OpenCall first = up("bob");
        assertThat(rig.worker.admitted).containsExactly(SessionRig.address("10.5.0.1"));
        OpenCall second = rig.call();
        rig.logIn(second, "bob");
        assertThat(rig.worker.commands).endsWith("terminate address-refused");
        rig.hangUp(second);

        rig.hangUp(first);
        rig.devices.finishRemoval();
        rig.runLoop();
        rig.logIn(rig.call(), "bob");
        assertThat(rig.devices.wanted()).isOne();
    }

    @Test
    void terminatesAUserWithoutAnyAddress() {
        rig.logIn(rig.call(), "carol");
        assertThat(rig.worker.commands).containsExactly("open", "terminate address-refused");
        assertThat(rig.devices.wanted()).isZero();
    }

    @Test
    void wipesTheKeysOfALoginThatNobodyWaitsFor() {
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.worker.full = true;
        makeDevice();
        assertThat(rig.worker.logins)
                .singleElement()
                .satisfies(login ->
                        assertThat(login.startKeys().orElseThrow().send()).isEqualTo(WIPED))
                .satisfies(login ->
                        assertThat(login.startKeys().orElseThrow().receive()).isEqualTo(WIPED));
        rig.worker.full = false;
        rig.runLoop();
    }

    @Test
    void refusesACallWhenTheWorkerHasNoRoom() {
        rig.worker.full = true;
        assertThat(rig.tryToCall()).isEqualTo(CallDecision.Refuse.BUSY);
        assertNothingLeft();
    }

    @Test
    void refusesACallWhenNoAddressIsLeft() {
        rig.call();
        rig.call();
        assertThat(rig.tryToCall()).isEqualTo(CallDecision.Refuse.BUSY);
    }

    @Test
    void dropsTheSessionAsSoonAsTheWorkerHasRoom() {
        OpenCall call = rig.call();
        rig.worker.full = true;
        rig.control.onCallEnded(call.callId(), CallEnd.TRANSPORT_CLOSED, "", 0);
        rig.loop.remove().run();
        rig.loop.remove().run();
        assertThat(rig.worker.commands).containsExactly("open");

        rig.worker.full = false;
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("open", "drop tcp-closed");
        rig.endOnWorker(call);
        assertNothingLeft();
    }

    @Test
    void disconnectsACallWhoseAnswerTheWorkerHasNoRoomFor() {
        OpenCall call = rig.call();
        rig.worker.full = true;
        rig.events.onLogin(call.callId(), SessionRig.login("alice", "wrong"), 1400);
        rig.loop.remove().run();
        assertThat(call.channel().disconnects).containsExactly(CallDisconnectResult.GENERAL_ERROR);
        rig.worker.full = false;
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("open", "drop shutdown");
    }

    @Test
    void ignoresWhatAWorkerTellsOfASessionThatIsGone() {
        OpenCall call = rig.call();
        rig.hangUp(call);
        rig.logIn(call, "alice");
        rig.endOnWorker(call);
        assertThat(rig.devices.wanted()).isZero();
        assertNothingLeft();
    }

    @Test
    void stopsOnceEverySessionHasEndedF07() {
        OpenCall first = up("alice");
        OpenCall second = rig.call();
        AtomicInteger stopped = new AtomicInteger();
        rig.control.shutDown(stopped::incrementAndGet);
        assertThat(rig.worker.commands).endsWith("terminate shutdown", "terminate shutdown");
        assertThat(rig.tryToCall()).isEqualTo(CallDecision.Refuse.BUSY);

        rig.endOnWorker(first);
        assertThat(first.channel().stops)
                .containsExactly(StopControlConnectionReason.LOCAL_SHUTDOWN);
        assertThat(stopped).hasValue(0);
        rig.endOnWorker(second);
        assertThat(stopped).hasValue(1);
        assertThat(rig.devices.removing()).as("all at once, by the server").isZero();
    }

    @Test
    void routesTheNetworksOfAUserAndTakesPacketsFromThem() {
        OpenCall call = rig.call();
        rig.logIn(call, "branch");
        assertThat(rig.devices.asked)
                .as("without the network that the peer itself lies in")
                .containsExactly(
                        List.of(
                                SessionRig.network("10.2.0.0/16"),
                                SessionRig.network("10.3.0.0/16")));
        makeDevice();
        assertThat(rig.worker.permitted)
                .extracting(InnerSources::toString)
                .containsExactly("10.99.0.10 10.2.0.0/16 10.3.0.0/16");
    }

    @Test
    void takesNoPacketsFromANetworkThatCannotBeRouted_A37() {
        OpenCall call = rig.call();
        rig.logIn(call, "branch");
        rig.devices.makeWithoutRoute(SessionRig.network("10.2.0.0/16")::equals);
        rig.runLoop();
        assertThat(rig.worker.commands).contains("admit branch to ppp0");
        assertThat(rig.worker.permitted)
                .extracting(InnerSources::toString)
                .containsExactly("10.99.0.10 10.3.0.0/16");
    }

    @Test
    void takesPacketsOfOtherUsersFromTheirAddressAlone_A37() {
        up("alice");
        assertThat(rig.devices.asked).containsExactly(List.of());
        assertThat(rig.worker.permitted)
                .containsExactly(InnerSources.only(SessionRig.address("10.99.0.10")));
    }

    @Test
    void refusesALinkThatStartsOverAsAUserWithOtherNetworks() {
        OpenCall call = up("branch");
        rig.logIn(call, "alice");
        assertThat(rig.worker.commands)
                .containsExactly("open", "admit branch to ppp0", "terminate address-refused");
    }

    private OpenCall up(String user) {
        OpenCall call = rig.call();
        rig.logIn(call, user);
        makeDevice();
        return call;
    }

    private void makeDevice() {
        rig.devices.make();
        if (rig.worker.full) {
            rig.loop.remove().run();
        } else {
            rig.runLoop();
        }
    }

    private void assertNothingLeft(String... removedDevices) {
        assertThat(rig.pool.size()).isZero();
        assertThat(rig.calls.size()).isZero();
        assertThat(rig.control.size()).isZero();
        assertThat(rig.devices.wanted()).isZero();
        assertThat(rig.devices.removing()).isZero();
        assertThat(rig.devices.removed).containsExactly(removedDevices);
    }
}
