package dev.pptpd.emulator;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a client is.
 *
 * @param namespace name of the network namespace
 * @param local the client's own address; another client of the namespace has another one
 */
public record Place(String namespace, Inet4Address local, Inet4Address server) {

    /** A place with addresses in dotted notation. */
    public static Place of(String namespace, String local, String server) {
        return new Place(namespace, address(local), address(server));
    }

    private static Inet4Address address(String dotted) {
        try {
            return (Inet4Address) InetAddress.getByName(dotted);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
