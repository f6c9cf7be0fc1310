package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** What this host knows of names and addresses. May block. */
@FunctionalInterface
public interface HostResolver {
    /** The first IPv4 address of the name; nothing when it has none. */
    Optional<Ipv4Address> resolve(String name);

    /** Asks the system's resolver. */
    static HostResolver system() {
        return name -> {
            try {
                return Arrays.stream(InetAddress.getAllByName(name))
                        .filter(Inet4Address.class::isInstance)
                        .map(address -> Ipv4Address.of(address.getAddress()))
                        .findFirst();
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        };
    }

    /** Whether packets for that address stay on this host. */
    default boolean isOfThisHost(Ipv4Address address) {
        try {
            InetAddress own = InetAddress.getByAddress(address.octets());
            return own.isAnyLocalAddress()
                    || own.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(own) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }

    /** Whether this host has a network interface of that name. */
    default boolean hasInterface(String name) {
        try {
            return NetworkInterface.getByName(name) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** What the first network card with an address calls itself in IPv6; nothing without any. */
    default Optional<InterfaceIdentifier> hardwareIdentifier() {
        try {
            for (NetworkInterface card :
                    Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] address = card.getHardwareAddress();
                if (address != null && address.length == InterfaceIdentifier.ETHERNET_OCTETS) {
                    return Optional.of(InterfaceIdentifier.ofEthernet(address));
                }
            }
            return Optional.empty();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** The address that the text is or names. Words that cannot be a name are not asked for. */
    default Optional<Ipv4Address> addressOrName(String text) {
        Optional<Ipv4Address> address = Ipv4Address.parse(text);
        boolean isName = text.matches("[A-Za-z0-9_.-]{1,253}") && !text.matches("[0-9.-]+");
        return address.isPresent() || !isName ? address : resolve(text);
    }
}
