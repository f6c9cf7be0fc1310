package dev.pptpd.config;

import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.ipv6cp.Ipv6cpConfiguration;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.Optional;

/** What the words about network protocols amount to, while they are read. */
final class NetworkState {
    boolean vj;
    boolean vjOmitsSlot = true;
    int vjSlots = VjParameters.MAX_SLOTS;

    boolean ipv6;
    Optional<InterfaceIdentifier> local = Optional.empty();
    Optional<InterfaceIdentifier> remote = Optional.empty();
    boolean acceptsLocal;
    boolean acceptsRemote;
    boolean identifiersFromIpv4;
    final OptionState.Limits ipv6cp = new OptionState.Limits();

    NetworkOptions build() {
        return new NetworkOptions(
                vj ? Optional.of(new VjParameters(vjSlots, vjOmitsSlot)) : Optional.empty(),
                ipv6
                        ? Optional.of(
                                new Ipv6cpConfiguration(local, remote, acceptsLocal, acceptsRemote))
                        : Optional.empty(),
                identifiersFromIpv4,
                ipv6cp.build());
    }
}
