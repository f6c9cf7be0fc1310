package dev.pptpd.emulator;

import java.util.ArrayList;
import java.util.List;

/** Cuts the octets of the control connection into messages. */
final class MessageStream {
    private static final int SHORTEST_MESSAGE = 12;

    private Octets rest = Octets.EMPTY;

    /**
     * Takes what one read gave and returns the messages that are whole by now.
     *
     * @throws IllegalStateException when a length is wrong: then the server under test is
     */
    List<PptpMessage> receive(Octets octets) {
        rest = rest.plus(octets);
        var messages = new ArrayList<PptpMessage>();
        while (rest.length() >= 2 && rest.length() >= rest.u16(0)) {
            int length = rest.u16(0);
            if (length < SHORTEST_MESSAGE) {
                throw new IllegalStateException("malformed message from the server: " + rest);
            }
            messages.add(new PptpMessage(rest.slice(0, length)));
            rest = rest.from(length);
        }
        return List.copyOf(messages);
    }
}
