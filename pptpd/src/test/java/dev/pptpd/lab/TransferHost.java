package dev.pptpd.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The program at the far end of a TCP transfer, run as a process of its own inside a namespace. A
 * connection to the first port is sent so many random bytes, one to the second port is read to its
 * end; each writes a line with the number of bytes and their SHA-256.
 */
final class TransferHost {

    /** The first word of the line that says both ports are open. */
    static final String READY = "listening";

    /** The first word of the line about a connection that was sent to. */
    static final String SENT = "sent";

    /** The first word of the line about a connection that was read. */
    static final String RECEIVED = "received";

    private static final int BUFFER_BYTES = 64 * 1024;

    private TransferHost() {}

    /** Arguments: port to send at, port to receive at, number of bytes to send. */
    public static void main(String[] arguments) throws IOException {
        int bytes = Integer.parseInt(arguments[2]);
        try (ServerSocket sending = new ServerSocket(Integer.parseInt(arguments[0]));
                ServerSocket receiving = new ServerSocket(Integer.parseInt(arguments[1]))) {
            Thread.ofPlatform().daemon().start(() -> serve(sending, socket -> send(socket, bytes)));
            System.out.println(READY);
            serve(receiving, TransferHost::receive);
        }
    }

    private interface Exchange {
        void run(Socket socket) throws IOException;
    }

    private static void serve(ServerSocket listener, Exchange exchange) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                exchange.run(socket);
            } catch (IOException e) {
                System.out.println("transfer failed: " + e.getMessage());
            }
        }
    }

    private static void send(Socket socket, int bytes) throws IOException {
        MessageDigest digest = sha256();
        SplittableRandom random = new SplittableRandom(bytes);
        byte[] buffer = new byte[BUFFER_BYTES];
        OutputStream out = socket.getOutputStream();
        for (int left = bytes; left > 0; left -= buffer.length) {
            random.nextBytes(buffer);
            int length = Math.min(left, buffer.length);
            digest.update(buffer, 0, length);
            out.write(buffer, 0, length);
        }
        report(SENT, bytes, digest);
    }

    private static void receive(Socket socket) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        InputStream in = socket.getInputStream();
        int bytes = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            digest.update(buffer, 0, length);
            bytes += length;
        }
        report(RECEIVED, bytes, digest);
    }

    private static void report(String word, int bytes, MessageDigest digest) {
        System.out.println(word + " " + bytes + " " + HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
