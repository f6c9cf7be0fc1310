package dev.pptpd.dhcp;

import dev.pptpd.inner.InnerPackets;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The DHCPINFORM that Windows sends through a tunnel when it is up: CLIENTS section 1, row 8. */
public final class WindowsInform {
    /** The client's address in the tunnel. */
    public static final Ipv4Address CLIENT = Ipv4Address.parse("10.99.0.10").orElseThrow();

    /** Its transaction. */
    public static final int TRANSACTION = 0x5EED0001;

    /** The address of an interface that has none. */
    static final byte[] HARDWARE = HexFormat.of().parseHex("005345000000");

    /** Message type, client identifier, vendor class MSFT 5.0, and what it asks for. */
    private static final byte[] OPTIONS =
            HexFormat.of()
                    .parseHex(
                            "350108"
                                    + "3d0708005345000000"
                                    + "3c084d53465420352e30"
                                    + "3706"
                                    + "062c2b4d0ff9"
                                    + "ff");

    private static final int BROADCAST = -1;

    private WindowsInform() {}

    /** As it goes on the way. */
    public static byte[] packet(Ipv4Address client) {
        return packet(message().putInt(12, client.value()), client);
    }

    /** Another one, of the next transaction, from a client that names no options: it wants all. */
    public static byte[] packetForAll(Ipv4Address client) {
        ByteBuffer message = with(0x35, 1, 8, 0xFF).putInt(4, TRANSACTION + 1);
        return packet(message.putInt(12, client.value()), client);
    }

    private static byte[] packet(ByteBuffer message, Ipv4Address client) {
        return InnerPackets.udp(client.value(), 68, BROADCAST, 67, InnerPackets.octets(message))
                .array();
    }

    static ByteBuffer message() {
        ByteBuffer message = ByteBuffer.allocate(240 + OPTIONS.length);
        message.put((byte) 1).put((byte) 8).put((byte) HARDWARE.length).put((byte) 0);
        message.putInt(TRANSACTION).putInt(12, CLIENT.value()).put(28, HARDWARE);
        return message.putInt(236, 0x63825363).put(240, OPTIONS).clear();
    }

    /** The same with other options, each octet as a number. */
    static ByteBuffer with(int... options) {
        ByteBuffer message = ByteBuffer.allocate(240 + options.length).put(0, message(), 0, 240);
        for (int index = 0; index < options.length; index++) {
            message.put(240 + index, (byte) options[index]);
        }
        return message;
    }
}
