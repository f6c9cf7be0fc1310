package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends every datagram back, and looks who it is from: the first word names the client, whose
 * address is known. The guests' end compares what comes back with what it sent.
 */
final class IdentityEcho implements AutoCloseable {
    private static final int PORT = 7007;
    private static final int BUFFER_BYTES = 1500;

    /** All of one length: bash reads a datagram as a whole only if it knows how long it is. */
    private static final int WORDS_BYTES = 40;

    private final DatagramSocket socket;
    private final Map<String, String> addresses;
    private final List<String> mixedUp = new CopyOnWriteArrayList<>();
    private final AtomicLong received = new AtomicLong();

    private IdentityEcho(DatagramSocket socket, Map<String, String> addresses) {
        this.socket = socket;
        this.addresses = addresses;
    }

    /**
     * Serves in a namespace.
     *
     * @param addresses the address of each client, by its name
     */
    static IdentityEcho start(Namespace namespace, Map<String, String> addresses) {
        try {
            DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT));
            IdentityEcho echo = new IdentityEcho(socket, Map.copyOf(addresses));
            Thread.ofPlatform().daemon().name("identity-echo").start(echo::serve);
            return echo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The script of a client: datagrams until there have been so many, or until {@code /run/stop}
     * is there; it writes how many were sent, were not answered, and came back as another's.
     *
     * <p>The pings to the neighbour keep the guest awake: User-Mode Linux may leave a packet that
     * comes while it falls asleep in the TAP device until the next one comes.
     */
    static String script(String client, String server, String neighbour, int datagrams) {
        return """
        ping -q -i 0.2 %6$s >/dev/null & disown
        exec 3<>/dev/udp/%2$s/%3$d 8<>/run/never
        sent=0 lost=0 wrong=0
        while [ $sent -lt %4$d ] && ! [ -e /run/stop ]; do
            sent=$((sent + 1))
            printf -v words '%%-%5$ds' "%1$s $BASHPID $sent"
            printf '%%s' "$words" >&3
            if ! read -r -t 5 -N %5$d -u 3 answer; then
                lost=$((lost + 1))
            elif [ "$answer" != "$words" ]; then
                wrong=$((wrong + 1))
                echo "sent $words, got $answer"
            fi
            read -r -t 0.01 -u 8
        done
        kill $!
        echo "$sent sent $lost lost $wrong wrong"
        """
                .formatted(client, server, PORT, datagrams, WORDS_BYTES, neighbour);
    }

    /** What came from another address than its words say; nothing, if all is well. */
    List<String> mixedUp() {
        return List.copyOf(mixedUp);
    }

    long received() {
        return received.get();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(BUFFER_BYTES);
                socket.receive(packet);
                look(packet);
                socket.send(packet);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    mixedUp.add("echo failed: " + e);
                }
            }
        }
    }

    private void look(DatagramPacket packet) {
        String words = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        String source = packet.getAddress().getHostAddress();
        received.incrementAndGet();
        if (!source.equals(addresses.get(words.split(" ", 2)[0]))) {
            mixedUp.add(source + ": " + words.strip());
        }
    }
}
