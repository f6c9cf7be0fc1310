package dev.pptpd.emulator.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;

/** {@code struct sockaddr_in}. */
final class SocketAddress {
    static final int AF_INET = 2;

    private static final int SIZE = 16;
    private static final int PORT_OFFSET = 2;
    private static final int ADDRESS_OFFSET = 4;

    private SocketAddress() {}

    static MemorySegment of(Inet4Address address, int port) {
        MemorySegment segment = Arena.ofAuto().allocate(SIZE);
        segment.set(JAVA_SHORT, 0, (short) AF_INET);
        segment.set(JAVA_BYTE, PORT_OFFSET, (byte) (port >>> 8));
        segment.set(JAVA_BYTE, PORT_OFFSET + 1, (byte) port);
        MemorySegment.copy(address.getAddress(), 0, segment, JAVA_BYTE, ADDRESS_OFFSET, 4);
        return segment;
    }
}
