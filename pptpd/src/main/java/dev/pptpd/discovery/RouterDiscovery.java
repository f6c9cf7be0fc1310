package dev.pptpd.discovery;

import dev.pptpd.ppp.ipv6cp.Ipv6Identifiers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One end of router discovery on a tunnel. After every call that took time, poll. One thread. */
public sealed interface RouterDiscovery permits RouterAdvertiser, RouterSolicitor {
    /** IPv6 flows from now on. */
    void begin(Ipv6Identifiers identifiers, long nowNanos);

    /** IPv6 flows no longer. */
    void end();

    /** Takes the ICMPv6 message of router discovery in a packet between position and limit. */
    void receive(ByteBuffer packet, long nowNanos);

    /** When {@link #onTimeout} wants to be called; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNanos();

    /** To be called when the deadline has come; earlier does no harm. */
    void onTimeout(long nowNanos);

    /** The next packet to send, or null. */
    byte @Nullable [] poll();
}
