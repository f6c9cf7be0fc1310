package dev.pptpd.address;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** An IPv4 address and a port as the platform wants them. */
public final class Ipv4Endpoint {
    private Ipv4Endpoint() {}

    /** The address without a name: nothing is looked up. */
    public static InetSocketAddress of(Ipv4Address address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.octets()), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
