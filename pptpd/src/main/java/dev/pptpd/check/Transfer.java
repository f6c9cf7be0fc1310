package dev.pptpd.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.MessageDigest;

/**
 * Measures how fast octets go each way, and that they arrive as they left.
 *
 * @param far a {@link TransferServer}
 * @param octets each way
 */
record Transfer(InetSocketAddress far, int octets) {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 20_000;

    private static final double BITS_PER_OCTET = 8;
    private static final double NANOS_PER_MICRO = 1_000;

    /** Sends, and gives back the rate in Mbit/s. */
    long send() throws IOException {
        try (Socket socket = connect(Payload.OPENER_SENDS)) {
            long start = System.nanoTime();
            byte[] sent = Payload.write(socket.getOutputStream(), octets);
            expectEqual(sent, Payload.readDigest(socket.getInputStream()));
            return rate(System.nanoTime() - start);
        }
    }

    /** Receives, and gives back the rate in Mbit/s. */
    long receive() throws IOException {
        try (Socket socket = connect(Payload.OPENER_RECEIVES)) {
            long start = System.nanoTime();
            byte[] received = Payload.read(socket.getInputStream(), octets);
            long nanos = System.nanoTime() - start;
            expectEqual(Payload.readDigest(socket.getInputStream()), received);
            return rate(nanos);
        }
    }

    private Socket connect(int firstOctet) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(far, CONNECT_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(firstOctet);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** An octet in a microsecond is 8 Mbit/s. */
    private long rate(long nanos) {
        return Math.round(octets * BITS_PER_OCTET / (nanos / NANOS_PER_MICRO));
    }

    private static void expectEqual(byte[] sent, byte[] received) throws IOException {
        if (!MessageDigest.isEqual(sent, received)) {
            throw new IOException("what arrived is not what was sent");
        }
    }
}
