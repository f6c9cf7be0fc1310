package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv6Network;
import dev.pptpd.discovery.Ipv6Role;
import dev.pptpd.linux.Ipv6Configuration;
import dev.pptpd.ppp.fsm.RestartTimer;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6Address;
import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.link.NetworkConfiguration;
import dev.pptpd.session.SessionRig.OpenCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The control side's part of IPv6: identifiers, prefixes, and the device before the client. */
final class SessionIpv6Test {
    private static final NetworkConfiguration IPV6 =
            new NetworkConfiguration(
                    Optional.empty(),
                    Optional.of(
                            new Ipv6cpConfiguration(
                                    Optional.empty(), Optional.empty(), true, false)),
                    RestartTimer.DEFAULT);
    private static final Optional<Ipv6Network> POOL = Ipv6Network.parse("2001:db8:0:100::/56");

    @Test
    void preparesTheDeviceBeforeTheClientIsLetIn() {
        SessionRig rig =
                new SessionRig(IPV6, new Ipv6Settings(true, false, POOL, List.of(address("::53"))));
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.devices.make();
        rig.runLoop();
        assertThat(rig.worker.commands)
                .containsExactly("open", "carry IPv6", "admit alice to ppp0");
        Ipv6Configuration device = rig.devices.ipv6.getFirst();
        assertThat(device.addresses()).containsExactly(identifier(rig, 0).linkLocal());
        assertThat(device.routes()).hasToString("[2001:db8:0:100::/64]");
        Ipv6Role.Router role = (Ipv6Role.Router) rig.worker.roles.getFirst();
        assertThat(role.prefix()).isEqualTo(POOL.map(pool -> pool.link(0)));
        assertThat(role.advertisement().orElseThrow().dns()).containsExactly(address("::53"));
        assertThat(role.advertisement().orElseThrow().mtuBytes()).isEqualTo(1400);
    }

    @Test
    void drawsAnIdentifierForEachSession() {
        SessionRig rig = new SessionRig(IPV6, withoutPrefixes(false));
        rig.call();
        rig.call();
        assertThat(identifier(rig, 0)).isNotEqualTo(identifier(rig, 1));
        assertThat(identifier(rig, 0).isNone()).isFalse();
    }

    @Test
    void makesIdentifiersOfTheAddressesWhereThatIsWanted() {
        SessionRig rig = new SessionRig(IPV6, withoutPrefixes(true));
        rig.call();
        Ipv6cpConfiguration own = rig.worker.links.getFirst().network().ipv6().orElseThrow();
        assertThat(own.local()).contains(new InterfaceIdentifier(0x0a63_0001));
        assertThat(own.remote()).contains(new InterfaceIdentifier(0x0a63_000a));
    }

    @Test
    void advertisesNothingWithoutAPrefix() {
        SessionRig rig = new SessionRig(IPV6, withoutPrefixes(false));
        rig.logIn(rig.call(), "alice");
        rig.devices.make();
        rig.runLoop();
        assertThat(rig.worker.roles)
                .containsExactly(new Ipv6Role.Router(Optional.empty(), Optional.empty()));
        assertThat(rig.devices.ipv6.getFirst().routes()).isEmpty();
    }

    @Test
    void givesTheDeviceAlsoTheIdentifierThatTheClientChose() {
        SessionRig rig = new SessionRig(IPV6, withoutPrefixes(false));
        OpenCall call = rig.call();
        rig.logIn(call, "alice");
        rig.devices.make();
        rig.runLoop();
        InterfaceIdentifier chosen = new InterfaceIdentifier(7);
        rig.events.onIpv6Up(call.callId(), new Ipv6Identifiers(chosen, new InterfaceIdentifier(8)));
        rig.runLoop();
        assertThat(rig.devices.ipv6.getLast().addresses()).containsExactly(chosen.linkLocal());
        assertThat(rig.devices.ipv6).hasSize(2);
    }

    @Test
    void doesWithoutIpv6WhereTheDeviceCannotHaveIt() {
        SessionRig rig = new SessionRig(IPV6, new Ipv6Settings(true, false, POOL, List.of()));
        rig.devices.refusal = "IPv6 is disabled on this device";
        rig.logIn(rig.call(), "alice");
        rig.devices.make();
        rig.runLoop();
        assertThat(rig.worker.commands).containsExactly("open", "omit IPv6", "admit alice to ppp0");
        assertThat(rig.worker.roles).as("nothing is advertised").isEmpty();
    }

    private static Ipv6Settings withoutPrefixes(boolean identifiersFromIpv4) {
        return new Ipv6Settings(true, identifiersFromIpv4, Optional.empty(), List.of());
    }

    private static InterfaceIdentifier identifier(SessionRig rig, int session) {
        return rig.worker
                .links
                .get(session)
                .network()
                .ipv6()
                .flatMap(Ipv6cpConfiguration::local)
                .orElseThrow();
    }

    private static Ipv6Address address(String text) {
        return Ipv6Address.parse(text).orElseThrow();
    }
}
