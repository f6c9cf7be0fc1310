package dev.pptpd.dataplane;

import java.nio.ByteBuffer;

/** Where a worker hands the broadcasts that come out of its tunnels. For any thread. */
public interface BroadcastInlet {
    /** Where nothing is relayed. */
    BroadcastInlet CLOSED =
            new BroadcastInlet() {
                @Override
                public boolean wants(ByteBuffer packet) {
                    return false;
                }

                @Override
                public boolean offer(int callId, byte[] packet) {
                    return false;
                }
            };

    /**
     * Whether a packet is one that is relayed. Allocates nothing.
     *
     * @param packet a whole IPv4 packet between position and limit
     */
    boolean wants(ByteBuffer packet);

    /**
     * Hands it over.
     *
     * @param callId whose tunnel it came out of
     * @param packet a copy that belongs to the receiver
     * @return false when there is no room for it
     */
    boolean offer(int callId, byte[] packet);
}
