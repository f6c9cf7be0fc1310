package dev.pptpd.dhcp;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers the DHCPINFORM that Windows sends first through a tunnel: it has an address and asks for
 * its domain, name servers and the networks to route. No leases, no state.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.3.5 RFC 2131 section 4.3.5
 */
public final class DhcpDesk {
    /** The client's end of a tunnel is a network of its own. */
    private static final byte[] HOST_MASK = {-1, -1, -1, -1};

    private DhcpDesk() {}

    /**
     * Writes the answer to a packet that {@link DhcpPacket#isForServer} found.
     *
     * @param packet a whole IPv4 packet; it is left as it is
     * @param terms what the client is told
     * @param answer {@link DhcpPacket#MAX_OCTETS} from its position on; the limit is set to the
     *     answer's end
     * @return false when it is no DHCPINFORM, or one that is not the sender's own
     */
    public static boolean answer(ByteBuffer packet, DhcpTerms terms, ByteBuffer answer) {
        Ipv4Address sender = DhcpPacket.source(packet);
        Optional<DhcpMessage> request =
                DhcpMessage.decode(DhcpPacket.payload(packet))
                        .filter(message -> isInform(message, sender));
        request.ifPresent(message ->
                DhcpPacket.writeAnswer(reply(message, terms), terms.server(), sender, answer));
        return request.isPresent();
    }

    private static boolean isInform(DhcpMessage message, Ipv4Address sender) {
        boolean isOwn = message.client().equals(sender) || message.client().equals(Ipv4Address.ANY);
        return !message.isReply()
                && message.type() == DhcpMessage.INFORM
                && isOwn
                && message.relay().equals(Ipv4Address.ANY);
    }

    static DhcpMessage reply(DhcpMessage request, DhcpTerms terms) {
        SortedMap<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpOption.MESSAGE_TYPE, new byte[] {DhcpMessage.ACKNOWLEDGMENT});
        options.put(DhcpOption.SERVER_IDENTIFIER, terms.server().octets());
        options.put(DhcpOption.SUBNET_MASK, HOST_MASK.clone());
        offer(options, request, DhcpOption.DOMAIN_NAME_SERVERS, addresses(terms.dns()));
        offer(options, request, DhcpOption.NETBIOS_NAME_SERVERS, addresses(terms.wins()));
        byte[] domain = terms.domain().getBytes(StandardCharsets.US_ASCII);
        offer(options, request, DhcpOption.DOMAIN_NAME, domain);
        byte[] routes = DhcpRoutes.encode(terms.routes(), terms.server());
        offer(options, request, DhcpOption.CLASSLESS_STATIC_ROUTES, routes);
        offer(options, request, DhcpOption.MICROSOFT_CLASSLESS_STATIC_ROUTES, routes);
        return new DhcpMessage(
                true,
                request.hardware(),
                request.transaction(),
                request.flags(),
                request.client(),
                request.relay(),
                request.clientHardware(),
                options);
    }

    /** What the client asks for, or all of it when it does not say. */
    private static void offer(
            SortedMap<Integer, byte[]> options, DhcpMessage request, int code, byte[] value) {
        byte[] wanted = request.options().get(DhcpOption.PARAMETER_REQUEST_LIST);
        if (value.length > 0 && (wanted == null || contains(wanted, code))) {
            options.put(code, value);
        }
    }

    private static boolean contains(byte[] codes, int code) {
        for (byte each : codes) {
            if ((each & 0xFF) == code) {
                return true;
            }
        }
        return false;
    }

    private static byte[] addresses(List<Ipv4Address> addresses) {
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES * addresses.size());
        addresses.forEach(address -> value.putInt(address.value()));
        return value.array();
    }
}
