package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Octets over a TCP connection of this process with itself, each way, compared by SHA-256. */
public final class TcpExchange {
    private static final long LIMIT_SECONDS = 30;
    private static final int CHUNK_OCTETS = 100_000;

    /** The common pool has one thread on a machine of two cores. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

    private TcpExchange() {}

    /** The end that connects. */
    @FunctionalInterface
    public interface Connector {
        /** An open connection to the listener. */
        Socket connect() throws Exception;
    }

    /** Moves so many octets to the listener and then as many back; all of them arrive. */
    public static void expectEqual(ServerSocket listener, Connector connector, int octets)
            throws Exception {
        CompletableFuture<String> far =
                CompletableFuture.supplyAsync(() -> receiveAndSend(listener, octets), OWN_THREAD);
        String sent;
        String answer;
        try (Socket socket = connector.connect()) {
            sent = send(socket.getOutputStream(), octets, 1);
            socket.shutdownOutput();
            answer = receive(socket.getInputStream());
        }
        assertThat(far.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(sent + answer);
    }

    /** Receives all, then sends as much; both digests. */
    private static String receiveAndSend(ServerSocket listener, int octets) {
        try (Socket socket = listener.accept()) {
            String received = receive(socket.getInputStream());
            return received + send(socket.getOutputStream(), octets, 2);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String send(OutputStream out, int octets, int seed) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SplittableRandom random = new SplittableRandom(seed);
        byte[] chunk = new byte[CHUNK_OCTETS];
        for (int left = octets; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            int length = Math.min(left, chunk.length);
            digest.update(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] chunk = new byte[CHUNK_OCTETS];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            digest.update(chunk, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
