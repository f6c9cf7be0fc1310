package dev.pptpd.ppp.eap;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What one end of TLS has to say before the other one speaks: records, one behind the other. */
final class TlsFlight {
    /** The usual chain of two certificates fits. */
    private static final int FIRST_ROOM_OCTETS = 4_096;

    private ByteBuffer room = ByteBuffer.allocate(FIRST_ROOM_OCTETS);

    /** Takes what remains in this buffer. */
    void add(ByteBuffer record) {
        if (record.remaining() > room.remaining()) {
            int needed = room.position() + record.remaining();
            room = ByteBuffer.allocate(2 * needed).put(room.flip());
        }
        room.put(record);
    }

    /** All of it, for the caller to keep. */
    byte[] octets() {
        return Arrays.copyOf(room.array(), room.position());
    }
}
