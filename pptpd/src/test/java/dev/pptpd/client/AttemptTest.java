package dev.pptpd.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.control.CallEnd;
import dev.pptpd.control.CallFailure;
import dev.pptpd.control.CallTerms;
import dev.pptpd.control.ControlCloseReason;
import dev.pptpd.linux.Netlink;
import dev.pptpd.linux.TunDevices;
import dev.pptpd.net.ConnectFailure;
import dev.pptpd.net.ControlChannel;
import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.KnownPassword;
import dev.pptpd.ppp.eap.EapSettings;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.session.CloseReason;
import dev.pptpd.session.CloseReason.Kind;
import dev.pptpd.session.Devices;
import dev.pptpd.session.SessionTraffic;
import dev.pptpd.session.SessionWorker;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One attempt among doubles that only note what they are asked for. */
final class AttemptTest {
    private static final int CALL_ID = 4711;
    private static final int MTU = 1400;
    private static final Ipv4Address SERVER = address("192.0.2.1");
    private static final Ipv4Assignment ASSIGNMENT =
            new Ipv4Assignment(
                    address("10.99.0.10"),
                    address("10.99.0.1"),
                    List.of(address("10.99.0.53")),
                    List.of());

    @TempDir private Path folder;

    private final List<String> asked = new ArrayList<>();
    private final ControlChannel channel = played(ControlChannel.class);
    private Netlink netlink;
    private Consumer<Devices.Creation> deviceWanted = creation -> {};
    private Attempt attempt;

    /** How many commands the worker has no room for. */
    private int fullFor;

    @BeforeEach
    void make() throws Exception {
        netlink = Netlink.open();
        attempt = attempt();
    }

    private Attempt attempt(String... flags) throws ClientException {
        List<String> words = new ArrayList<>(List.of("vpn", "--user", "u"));
        words.addAll(List.of("--dns", "" + resolverFile()));
        words.addAll(List.of(flags));
        ClientArguments.Request request = ClientArguments.parse("1", words.toArray(String[]::new));
        ClientArguments arguments = ((ClientArguments.Request.Connect) request).arguments();
        Surroundings surroundings =
                new Surroundings(
                        arguments,
                        ClientLink.of(
                                arguments,
                                new ClientPassword(KnownPassword.ofText("secret".getBytes(UTF_8))),
                                EapSettings.DEFAULT),
                        played(SessionWorker.class),
                        played(Devices.class),
                        new ServerPin(netlink),
                        arguments.dnsFile().map(ResolverFile::new),
                        Runnable::run);
        return new Attempt(surroundings, SERVER, CALL_ID);
    }

    @AfterEach
    void close() {
        netlink.close();
    }

    @Test
    void goesUpAndEndsInOrder() {
        bringUp();
        assertThat(asked).containsExactly("placeCall", "open", "create", "agree", "attach");
        assertThat(resolverFile()).hasContent("# pptp\nnameserver 10.99.0.53\n");

        attempt.stop();
        assertThat(asked).endsWith("attach", "terminate");
        attempt.onSessionEnded(CloseReason.of(Kind.SHUTDOWN), SessionTraffic.NONE);
        assertThat(asked).endsWith("disconnectCall", "stop", "remove");
        assertThat(resolverFile()).doesNotExist();
        assertThat(attempt.ended()).isNotDone();
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(end().wasUp()).isTrue();
        assertThat(end().exit()).isEqualTo(ClientExit.ASKED_FOR);
    }

    @Test
    void endsWhenTcpCannotBeOpened() {
        attempt.onConnectFailed(new ConnectFailure(ConnectFailure.Kind.REFUSED, "refused"), 0);
        assertThat(end().exit()).isEqualTo(ClientExit.NETWORK);
        assertThat(end().wasUp()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void endsWithTheFirstReasonThatThereWas() {
        attempt.onConnected(channel, 0);
        attempt.onStarted(channel, 0);
        attempt.onCallFailed(CALL_ID, new CallFailure(CallFailure.Kind.BUSY, 4, 0, 0, ""), 0);
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(end().exit()).isEqualTo(ClientExit.ADDRESS);
    }

    @Test
    void dropsTheSessionWhenTheConnectionIsGone() {
        bringUp();
        attempt.onCallEnded(CALL_ID, CallEnd.TRANSPORT_CLOSED, "", 0);
        attempt.onClosed(ControlCloseReason.TRANSPORT_CLOSED, "", 0);
        assertThat(asked).endsWith("attach", "drop");
        assertThat(attempt.ended()).isNotDone();
        attempt.onSessionEnded(CloseReason.of(Kind.TCP_CLOSED), SessionTraffic.NONE);
        assertThat(end().exit()).isEqualTo(ClientExit.NETWORK);
    }

    @Test
    void removesADeviceThatComesAfterTheEnd() {
        bringUpWithoutDevice();
        attempt.onSessionEnded(CloseReason.of(Kind.ECHO_TIMEOUT), SessionTraffic.NONE);
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(attempt.ended()).isNotDone();
        giveDevice();
        assertThat(asked).contains("remove").doesNotContain("attach");
        assertThat(end().exit()).isEqualTo(ClientExit.NETWORK);
    }

    @Test
    void endsTheSessionThatGetsNoDevice() {
        bringUpWithoutDevice();
        deviceWanted.accept(new Devices.Creation.Failed(new IllegalStateException("EBUSY")));
        assertThat(asked).endsWith("create", "terminate");
        attempt.onSessionEnded(new CloseReason(Kind.DEVICE_FAILED, "EBUSY"), SessionTraffic.NONE);
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(end().exit()).isEqualTo(ClientExit.DEVICE);
        assertThat(end().sentence()).contains("EBUSY");
        assertThat(end().wasUp()).isFalse();
    }

    @Test
    void isUpOnceThePacketsFlow() {
        bringUp();
        attempt.onSessionEnded(CloseReason.of(Kind.ECHO_TIMEOUT), SessionTraffic.NONE);
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(end().wasUp()).isTrue();
    }

    /** Half of all packets would go past the tunnel. */
    @Test
    void endsTheSessionThatGetsOneHalfOfTheDefaultRoute() throws Exception {
        attempt = attempt("--default-route");
        bringUpWithoutDevice();
        Devices.RefusedRoute refused =
                new Devices.RefusedRoute(
                        Ipv4Network.parse("128.0.0.0/1").orElseThrow(), "there is a route");
        deviceWanted.accept(
                new Devices.Creation.Made(
                        TunDevices.unreal("ppp0"), 1400, List.of(), List.of(refused)));
        assertThat(asked).endsWith("create", "terminate").doesNotContain("attach");
        assertThat(resolverFile()).doesNotExist();
        attempt.onSessionEnded(
                new CloseReason(Kind.DEVICE_FAILED, "128.0.0.0/1"), SessionTraffic.NONE);
        assertThat(asked).endsWith("remove");
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(end().exit()).isEqualTo(ClientExit.DEVICE);
        assertThat(end().wasUp()).isFalse();
    }

    /** The worker may hold the device until it has answered. */
    @Test
    void waitsForAWorkerThatHasNoRoomForTheEnd() {
        bringUp();
        fullFor = 2;
        attempt.stop();
        assertThat(asked).endsWith("terminate", "drop", "drop").doesNotContain("remove");
        attempt.onSessionEnded(CloseReason.of(Kind.SHUTDOWN), SessionTraffic.NONE);
        assertThat(asked).endsWith("remove");
    }

    /** The device and the routes are for the addresses that there were. */
    @Test
    void endsTheSessionWhoseAddressesChange() {
        bringUp();
        attempt.onUp(ASSIGNMENT, Optional.empty(), MTU);
        assertThat(asked).endsWith("attach");
        Ipv4Assignment other =
                new Ipv4Assignment(
                        address("10.99.0.11"), address("10.99.0.1"), List.of(), List.of());
        attempt.onUp(other, Optional.empty(), MTU);
        assertThat(asked).endsWith("attach", "terminate");
    }

    @Test
    void placesNoCallOnceItIsToEnd() {
        attempt.stop();
        attempt.onConnected(channel, 0);
        attempt.onStarted(channel, 0);
        assertThat(asked).containsExactly("disconnectCall", "stop");
        attempt.onClosed(ControlCloseReason.STOPPED, "", 0);
        assertThat(attempt.ended()).isDone();
    }

    private void bringUp() {
        bringUpWithoutDevice();
        giveDevice();
    }

    private void bringUpWithoutDevice() {
        attempt.onConnected(channel, 0);
        attempt.onStarted(channel, 0);
        attempt.onCallConnected(CALL_ID, 1, new CallTerms(64, 0, 100_000_000), 0);
        attempt.onUp(ASSIGNMENT, Optional.empty(), MTU);
    }

    private void giveDevice() {
        deviceWanted.accept(
                new Devices.Creation.Made(TunDevices.unreal("ppp0"), 1400, List.of(), List.of()));
    }

    private AttemptEnd end() {
        assertThat(attempt.ended()).isDone();
        return attempt.ended().join();
    }

    private Path resolverFile() {
        return folder.resolve("resolv.conf");
    }

    /** A double of one of the ports: notes the name of each method that does something. */
    private <T> T played(Class<T> port) {
        Object proxy =
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, arguments) -> {
                            if (method.getName().equals("localAddress")) {
                                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
                            }
                            asked.add(method.getName());
                            note(method.getName(), arguments);
                            return method.getReturnType() == boolean.class ? hasRoom() : null;
                        });
        return port.cast(proxy);
    }

    private boolean hasRoom() {
        if (fullFor == 0) {
            return true;
        }
        fullFor--;
        return false;
    }

    @SuppressWarnings("unchecked")
    private void note(String method, Object[] arguments) {
        if (method.equals("create")) {
            deviceWanted = (Consumer<Devices.Creation>) arguments[1];
        } else if (method.equals("remove")) {
            ((Runnable) arguments[1]).run();
        }
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
