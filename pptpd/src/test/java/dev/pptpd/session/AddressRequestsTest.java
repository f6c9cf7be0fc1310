package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.config.TunnelOptions;
import dev.pptpd.limit.SessionLimits;
import dev.pptpd.linux.HostNetworks;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.session.SessionRig.OpenCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients that ask for an address of their own choice. */
final class AddressRequestsTest {
    private final SessionRig rig =
            new SessionRig(
                    NetworkConfiguration.IPV4_ONLY,
                    Ipv6Settings.NONE,
                    new TunnelOptions(true, true, true, "", List.of(), SessionLimits.NONE));

    private OpenCall admitted(String user) {
        return admitted(rig.call(), user);
    }

    private OpenCall admitted(OpenCall call, String user) {
        rig.logIn(call, user);
        rig.devices.make();
        rig.runLoop();
        rig.worker.commands.clear();
        return call;
    }

    private List<String> ask(OpenCall call, String address) {
        rig.worker.commands.clear();
        rig.events.onAddressAsked(call.callId(), SessionRig.address(address));
        rig.runLoop();
        return List.copyOf(rig.worker.commands);
    }

    @Test
    void grantsAFreeAddressToAUserWhoMayHaveAny() {
        OpenCall call = admitted("alice");
        assertThat(ask(call, "10.44.0.7")).containsExactly("address 10.44.0.7");
        assertThat(rig.devices.changed).containsExactly("ppp0 from 10.99.0.10 to 10.44.0.7");
        assertThat(rig.worker.permitted.getLast())
                .isEqualTo(InnerSources.only(SessionRig.address("10.44.0.7")));
        assertThat(rig.worker.terms.getLast().farEnd()).isEqualTo(SessionRig.address("10.44.0.7"));
    }

    @Test
    void keepsToWhatTheSecretsLinePermits() {
        OpenCall call = admitted("bob");
        assertThat(ask(call, "10.5.0.2")).containsExactly("address 10.5.0.1");
        assertThat(rig.devices.changed).isEmpty();
    }

    @Test
    void grantsNoAddressThatSomebodyHas() {
        OpenCall first = admitted("alice");
        OpenCall second = admitted("alice");
        assertThat(ask(second, "10.99.0.10")).as("of a slot").containsExactly("address 10.99.0.11");
        assertThat(ask(first, "10.44.0.7")).containsExactly("address 10.44.0.7");
        assertThat(ask(second, "10.44.0.7")).as("asked for").containsExactly("address 10.99.0.11");
        assertThat(ask(second, "10.99.0.1")).as("ours").containsExactly("address 10.99.0.11");
        assertThat(ask(second, "192.0.2.7")).as("its own").containsExactly("address 10.99.0.11");
    }

    @Test
    void grantsNoAddressThatIsSomebodyElsesOwn() {
        OpenCall call = admitted("alice");
        assertThat(ask(call, "10.5.0.1")).as("bob's").containsExactly("address 10.99.0.10");
        assertThat(rig.devices.changed).isEmpty();
        rig.hangUp(call);
        rig.devices.finishRemoval();
        rig.runLoop();
        assertThat(admitted("bob")).isNotNull();
        assertThat(rig.worker.admitted.getLast()).isEqualTo(SessionRig.address("10.5.0.1"));
    }

    @Test
    void grantsNoAddressOfANetworkBehindAnotherUser() {
        OpenCall call = admitted("alice");
        assertThat(ask(call, "10.2.0.7")).containsExactly("address 10.99.0.10");
        assertThat(ask(call, "10.3.255.255")).containsExactly("address 10.99.0.10");
        assertThat(rig.devices.changed).isEmpty();
        assertThat(ask(call, "10.4.0.1")).as("of nobody's").containsExactly("address 10.4.0.1");
    }

    @Test
    void grantsAnAddressOfANetworkBehindTheUserHimself() {
        OpenCall call = admitted("branch");
        assertThat(ask(call, "10.2.0.7")).containsExactly("address 10.2.0.7");
    }

    @Test
    void grantsNoOuterAddressOfAnySession() {
        OpenCall call = admitted("alice");
        rig.callFrom("192.0.2.8");
        assertThat(ask(call, "192.0.2.8")).as("a peer's").containsExactly("address 10.99.0.10");
        assertThat(ask(call, "192.0.2.1")).as("ours").containsExactly("address 10.99.0.10");
        assertThat(ask(call, "198.51.100.9"))
                .as("nobody's")
                .containsExactly("address 198.51.100.9");
    }

    @Test
    void grantsNoAddressOfANameServer() {
        OpenCall call = admitted("alice");
        assertThat(ask(call, "192.0.2.53")).as("DNS").containsExactly("address 10.99.0.10");
        assertThat(ask(call, "192.0.2.54")).as("WINS").containsExactly("address 10.99.0.10");
        assertThat(rig.devices.changed).isEmpty();
    }

    @Test
    void grantsNoAddressOfTheHostOrItsNeighbours() {
        rig.devices.host =
                Optional.of(
                        new HostNetworks(
                                Set.of(SessionRig.network("10.1.0.1/32")),
                                Set.of(SessionRig.address("10.8.255.255")),
                                Set.of(SessionRig.address("172.16.0.254")),
                                Set.of(
                                        new HostNetworks.Connected(
                                                SessionRig.network("10.1.0.0/16"), 77))));
        OpenCall call = admitted("alice");
        for (String address :
                List.of(
                        "10.1.0.1",
                        "172.16.0.254",
                        "10.8.255.255",
                        "10.1.255.255",
                        "10.1.0.0",
                        "10.1.0.53",
                        "169.254.1.1")) {
            assertThat(ask(call, address)).as(address).containsExactly("address 10.99.0.10");
        }
        assertThat(rig.devices.changed).isEmpty();
        assertThat(ask(call, "10.6.0.1")).as("of nobody").containsExactly("address 10.6.0.1");
    }

    @Test
    void grantsAnAddressOfAConnectedNetworkWhereTheLineOrThePoolNamesIt() {
        rig.devices.host =
                Optional.of(
                        new HostNetworks(
                                Set.of(),
                                Set.of(),
                                Set.of(SessionRig.address("10.77.0.2")),
                                Set.of(
                                        new HostNetworks.Connected(
                                                SessionRig.network("10.77.0.0/24"), 77),
                                        new HostNetworks.Connected(
                                                SessionRig.network("10.99.0.0/24"), 78))));
        OpenCall call = admitted("frank");
        assertThat(ask(call, "10.77.0.9")).containsExactly("address 10.77.0.9");
        assertThat(ask(call, "10.77.0.2")).as("a gateway").containsExactly("address 10.77.0.9");
        OpenCall other = admitted("alice");
        assertThat(ask(other, "10.6.0.1")).containsExactly("address 10.6.0.1");
        assertThat(ask(other, "10.99.0.11"))
                .as("of the pool")
                .containsExactly("address 10.99.0.11");
    }

    @Test
    void grantsNothingWhileTheHostsAddressesAreNotKnown() {
        rig.devices.host = Optional.empty();
        OpenCall call = admitted("alice");
        assertThat(ask(call, "10.6.0.1")).containsExactly("address 10.99.0.10");
        rig.devices.host = Optional.of(HostNetworks.NONE);
        assertThat(ask(call, "10.6.0.1")).containsExactly("address 10.6.0.1");
    }

    @Test
    void letsAUserInWhoseNetworkLiesOutsideOfThePool() {
        rig.devices.host =
                Optional.of(
                        new HostNetworks(
                                Set.of(SessionRig.network("10.77.0.1/32")),
                                Set.of(),
                                Set.of(SessionRig.address("10.77.0.2")),
                                Set.of()));
        OpenCall first = admitted("frank");
        assertThat(rig.worker.admitted.getLast()).hasToString("10.77.0.3");
        admitted("frank");
        assertThat(rig.worker.admitted.getLast()).hasToString("10.77.0.4");
        assertThat(ask(first, "10.77.0.9")).containsExactly("address 10.77.0.9");
        rig.worker.commands.clear();
        rig.logIn(first, "frank");
        assertThat(rig.worker.commands).containsExactly("admit frank to ppp0");
    }

    @Test
    void refusesAUserWhoseOwnAddressIsTheServersEnd() {
        OpenCall call = rig.call();
        rig.worker.commands.clear();
        rig.logIn(call, "grace");
        assertThat(rig.worker.commands).containsExactly("terminate address-refused");
        assertThat(rig.devices.wanted()).isZero();
    }

    @Test
    void grantsBackTheAddressThatIsTheUsersOwn() {
        OpenCall call = admitted("erin");
        assertThat(rig.worker.admitted.getLast()).isEqualTo(SessionRig.address("10.5.0.2"));
        assertThat(ask(call, "10.44.0.7")).containsExactly("address 10.44.0.7");
        assertThat(ask(call, "10.5.0.2")).containsExactly("address 10.5.0.2");
    }

    @Test
    void freesTheAddressThatAClientHadAndTheOneThatItLeaves() {
        OpenCall first = admitted("alice");
        assertThat(ask(first, "10.44.0.7")).containsExactly("address 10.44.0.7");
        assertThat(ask(first, "10.44.0.8")).containsExactly("address 10.44.0.8");
        OpenCall second = admitted("alice");
        assertThat(ask(second, "10.44.0.7")).containsExactly("address 10.44.0.7");
    }

    @Test
    void namesTheOldAddressWhereTheKernelRefuses() {
        OpenCall first = admitted("alice");
        rig.devices.refusal = "no";
        assertThat(ask(first, "10.44.0.7")).containsExactly("address 10.99.0.10");
        rig.devices.refusal = null;
        OpenCall second = admitted("alice");
        assertThat(ask(second, "10.44.0.7")).as("free").containsExactly("address 10.44.0.7");
    }

    @Test
    void keepsAnAddressThatWasGrantedWhenTheLinkStartsOver() {
        OpenCall call = admitted("alice");
        ask(call, "10.44.0.7");
        rig.worker.commands.clear();
        rig.logIn(call, "alice");
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("admit alice to ppp0");
        assertThat(rig.worker.admitted.getLast()).isEqualTo(SessionRig.address("10.44.0.7"));
    }
}
