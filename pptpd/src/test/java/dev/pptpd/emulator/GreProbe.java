package dev.pptpd.emulator;

import dev.pptpd.emulator.linux.RawGreSocket;
import dev.pptpd.lab.linux.NamespaceThread;
import java.util.OptionalInt;

/** Well-formed GRE packets from somebody who has no call. */
final class GreProbe {
    private GreProbe() {}

    /** Sends the frame in packets with the sequence numbers 0 to {@code packets - 1}. */
    static void send(Place place, int callId, Octets frame, int packets) {
        try (RawGreSocket socket =
                NamespaceThread.call(place.namespace(), () -> RawGreSocket.open(place.local()))) {
            for (int i = 0; i < packets; i++) {
                var packet = new GrePacket(callId, OptionalInt.of(i), OptionalInt.empty(), frame);
                socket.send(packet.encode().toArray(), place.server());
            }
        }
    }
}
