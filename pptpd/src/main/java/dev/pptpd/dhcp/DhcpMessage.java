package dev.pptpd.dhcp;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One message, without the server's and the boot file's name.
 *
 * @param isReply whether a server sends it
 * @param hardware type of the client's interface: 1 for Ethernet, 8 in a tunnel of Windows
 * @param transaction by which the client knows the answer
 * @param flags the highest bit asks for a broadcast
 * @param client the address that the client has; 0.0.0.0 when it does not say
 * @param relay the relay that passed it on; 0.0.0.0 for none
 * @param clientHardware 0 to 16 octets
 * @param options values by their codes, 1 to 254; one that came in parts is joined
 * @spec https://www.rfc-editor.org/rfc/rfc2131#section-2 RFC 2131 section 2
 */
@SuppressWarnings("ArrayRecordComponent") // made here alone, and compared by equals below
record DhcpMessage(
        boolean isReply,
        int hardware,
        int transaction,
        int flags,
        Ipv4Address client,
        Ipv4Address relay,
        byte[] clientHardware,
        SortedMap<Integer, byte[]> options) {
    // Specification: RFC 2132 section 9.6
    static final int ACKNOWLEDGMENT = 5;
    static final int INFORM = 8;

    // Specification: RFC 2131 section 2, RFC 951 section 3
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int HARDWARE_LENGTH = 2;
    private static final int TRANSACTION = 4;
    private static final int FLAGS = 10;
    private static final int CLIENT_ADDRESS = 12;
    private static final int RELAY_ADDRESS = 24;
    private static final int CLIENT_HARDWARE = 28;
    private static final int MAX_HARDWARE_OCTETS = 16;
    private static final int COOKIE = 236;
    private static final int MAGIC_COOKIE = 0x63825363;
    private static final int OPTIONS = COOKIE + Integer.BYTES;
    private static final int MAX_OPTION_OCTETS = 255;

    /** Below this some hosts take it for no message at all. */
    private static final int MIN_OCTETS = 300;

    /** Takes the options as they are and lets nobody change them. */
    DhcpMessage {
        clientHardware = clientHardware.clone();
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /**
     * Reads the message between position and limit, which stay.
     *
     * @return nothing when it is none: too short, without the cookie, with an address of the
     *     hardware that is too long, or options that do not end as they should
     */
    static Optional<DhcpMessage> decode(ByteBuffer message) {
        int at = message.position();
        if (message.remaining() < OPTIONS) {
            return Optional.empty();
        }
        int operation = message.get(at);
        int hardwareOctets = message.get(at + HARDWARE_LENGTH) & 0xFF;
        if ((operation != REQUEST && operation != REPLY)
                || hardwareOctets > MAX_HARDWARE_OCTETS
                || message.getInt(at + COOKIE) != MAGIC_COOKIE) {
            return Optional.empty();
        }
        byte[] hardware = new byte[hardwareOctets];
        message.get(at + CLIENT_HARDWARE, hardware);
        return options(message, at + OPTIONS)
                .map(options ->
                        new DhcpMessage(
                                operation == REPLY,
                                message.get(at + 1) & 0xFF,
                                message.getInt(at + TRANSACTION),
                                message.getShort(at + FLAGS) & 0xFFFF,
                                new Ipv4Address(message.getInt(at + CLIENT_ADDRESS)),
                                new Ipv4Address(message.getInt(at + RELAY_ADDRESS)),
                                hardware,
                                options));
    }

    private static Optional<SortedMap<Integer, byte[]>> options(ByteBuffer message, int from) {
        SortedMap<Integer, byte[]> options = new TreeMap<>();
        int at = from;
        while (at < message.limit()) {
            int code = message.get(at++) & 0xFF;
            if (code == DhcpOption.END) {
                return Optional.of(options);
            }
            if (code == DhcpOption.PAD) {
                continue;
            }
            int octets = at < message.limit() ? message.get(at++) & 0xFF : MAX_OPTION_OCTETS + 1;
            if (octets > message.limit() - at) {
                return Optional.empty();
            }
            byte[] value = new byte[octets];
            message.get(at, value);
            options.merge(code, value, DhcpMessage::joined);
            at += octets;
        }
        return Optional.empty();
    }

    /** RFC 3396 section 7: the parts of a value, in the order of the message. */
    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The message type; 0 when there is none, or it is broken. */
    int type() {
        byte[] type = options.get(DhcpOption.MESSAGE_TYPE);
        return type == null || type.length != 1 ? 0 : type[0];
    }

    /** Octets that {@link #encode} writes. */
    int octets() {
        int values = options.values().stream().mapToInt(value -> 2 + value.length).sum();
        return Math.max(MIN_OCTETS, OPTIONS + values + 1);
    }

    /**
     * Writes it from the position on, {@link #octets} long. The position moves behind it.
     *
     * @throws IllegalArgumentException for an option of more than 255 octets
     */
    void encode(ByteBuffer message) {
        int at = message.position();
        int end = at + octets();
        for (int index = at; index < end; index++) {
            message.put(index, (byte) 0);
        }
        message.put(at, (byte) (isReply ? REPLY : REQUEST)).put(at + 1, (byte) hardware);
        message.put(at + HARDWARE_LENGTH, (byte) clientHardware.length);
        message.putInt(at + TRANSACTION, transaction).putShort(at + FLAGS, (short) flags);
        message.putInt(at + CLIENT_ADDRESS, client.value());
        message.putInt(at + RELAY_ADDRESS, relay.value());
        message.put(at + CLIENT_HARDWARE, clientHardware).putInt(at + COOKIE, MAGIC_COOKIE);
        message.position(at + OPTIONS);
        for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
            byte[] value = option.getValue();
            if (value.length > MAX_OPTION_OCTETS) {
                throw new IllegalArgumentException("option " + option.getKey() + " is too long");
            }
            message.put(option.getKey().byteValue()).put((byte) value.length).put(value);
        }
        message.put((byte) DhcpOption.END).position(end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpMessage that && encoded().equals(that.encoded());
    }

    @Override
    public int hashCode() {
        return encoded().hashCode();
    }

    private ByteBuffer encoded() {
        ByteBuffer message = ByteBuffer.allocate(octets());
        encode(message);
        return message.flip();
    }
}
