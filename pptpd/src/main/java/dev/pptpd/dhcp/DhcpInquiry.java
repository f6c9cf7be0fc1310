package dev.pptpd.dhcp;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.Deadline;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the far end of a tunnel by DHCPINFORM which networks lie behind it, as Windows does, a few
 * times until it answers: not every server does. One thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2131#section-4.4.3 RFC 2131 section 4.4.3
 */
public final class DhcpInquiry {
    /** Waits of 1, 2, 4 and 8 seconds: a server that does not answer then has nobody to do it. */
    private static final int TRIES = 4;

    private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What Windows says of the interface of a tunnel. */
    private static final int HARDWARE = 8;

    /**
     * Of an Ethernet address that nobody was assigned: {@code 02:00}, and our address behind it.
     */
    private static final int OWN_HARDWARE = 0x02;

    private static final int HARDWARE_OCTETS = 6;

    private static final byte[] WANTED = {
        (byte) DhcpOption.CLASSLESS_STATIC_ROUTES,
        (byte) DhcpOption.MICROSOFT_CLASSLESS_STATIC_ROUTES,
        (byte) DhcpOption.DOMAIN_NAME,
        (byte) DhcpOption.DOMAIN_NAME_SERVERS
    };

    private final Ipv4Address own;
    private final int transaction;
    private boolean due;
    private int tries;
    private long nextNanos;
    private boolean unanswered;
    private @Nullable List<Ipv4Network> routes;

    /**
     * An inquiry that begins at once.
     *
     * @param own our address in the tunnel
     * @param transaction a number of this inquiry alone, by which its answer is known
     */
    public DhcpInquiry(Ipv4Address own, int transaction, long nowNanos) {
        this.own = own;
        this.transaction = transaction;
        this.nextNanos = nowNanos;
    }

    /** When {@link #onTimeout} is to be called; {@link Deadline#NEVER} when all is over. */
    public long nextDeadlineNanos() {
        return nextNanos;
    }

    /** Asks again when it is time to, or gives up. */
    public void onTimeout(long nowNanos) {
        if (!Deadline.isDue(nextNanos, nowNanos)) {
            return;
        }
        if (tries == TRIES) {
            nextNanos = Deadline.NEVER;
            unanswered = true;
            return;
        }
        due = true;
        nextNanos = Deadline.after(nowNanos, FIRST_WAIT_NANOS << tries);
        tries++;
    }

    /** The next packet to send, a whole IPv4 packet; null when there is none. */
    public byte @Nullable [] poll() {
        if (!due) {
            return null;
        }
        due = false;
        ByteBuffer packet = ByteBuffer.allocate(DhcpPacket.MAX_OCTETS);
        DhcpPacket.writeQuestion(question(), own, packet);
        byte[] octets = new byte[packet.remaining()];
        packet.get(octets);
        return octets;
    }

    private DhcpMessage question() {
        SortedMap<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpOption.MESSAGE_TYPE, new byte[] {DhcpMessage.INFORM});
        options.put(DhcpOption.PARAMETER_REQUEST_LIST, WANTED.clone());
        byte[] hardware =
                ByteBuffer.allocate(HARDWARE_OCTETS)
                        .put((byte) OWN_HARDWARE)
                        .put((byte) 0)
                        .put(own.octets())
                        .array();
        return new DhcpMessage(
                false, HARDWARE, transaction, 0, own, Ipv4Address.ANY, hardware, options);
    }

    /**
     * Takes a packet out of the tunnel if it is the answer.
     *
     * @param packet a whole IPv4 packet between position and limit; left as it is
     */
    public boolean receive(ByteBuffer packet) {
        if (nextNanos == Deadline.NEVER || !DhcpPacket.isForClient(packet, own.value())) {
            return false;
        }
        Optional<DhcpMessage> answer =
                DhcpMessage.decode(DhcpPacket.payload(packet)).filter(this::isAnswer);
        answer.ifPresent(message -> {
            nextNanos = Deadline.NEVER;
            due = false;
            routes = routes(message);
        });
        return answer.isPresent();
    }

    private boolean isAnswer(DhcpMessage message) {
        return message.isReply()
                && message.type() == DhcpMessage.ACKNOWLEDGMENT
                && message.transaction() == transaction;
    }

    /** Option 249 is what Windows had before 121 was settled. One that is broken counts as none. */
    private static List<Ipv4Network> routes(DhcpMessage message) {
        byte[] value = message.options().get(DhcpOption.CLASSLESS_STATIC_ROUTES);
        if (value == null) {
            value = message.options().get(DhcpOption.MICROSOFT_CLASSLESS_STATIC_ROUTES);
        }
        return value == null ? List.of() : DhcpRoutes.decode(value).orElse(List.of());
    }

    /** Whether it was given up without an answer; said once. */
    public boolean takeSilence() {
        boolean taken = unanswered;
        unanswered = false;
        return taken;
    }

    /** The networks of the answer, once: empty ones too, of a server that has none to tell. */
    public Optional<List<Ipv4Network>> takeRoutes() {
        Optional<List<Ipv4Network>> taken = Optional.ofNullable(routes);
        routes = null;
        return taken;
    }
}
