package dev.pptpd.linux;

/**
 * How a session's TUN device is set up.
 *
 * @param localAddress the server's end, an IPv4 address with its first octet in the most
 *     significant place
 * @param peerAddress the client's end, in the same form
 * @param mtuOctets largest IP packet, 68 to 65,535
 * @param group link group of all TUN devices of this server, above 0: the kernel deletes no group
 *     0. 0 for the device of a client, which nobody deletes but its process
 */
public record TunConfiguration(int localAddress, int peerAddress, int mtuOctets, int group) {
    // Specification: RFC 791 section 3.2, every host forwards 68 octets
    private static final int MINIMUM_MTU = 68;
    private static final int MAXIMUM_MTU = 65_535;

    public TunConfiguration {
        if (mtuOctets < MINIMUM_MTU || mtuOctets > MAXIMUM_MTU) {
            throw new IllegalArgumentException("MTU " + mtuOctets);
        }
        if (group < 0) {
            throw new IllegalArgumentException("link group " + group);
        }
    }
}
