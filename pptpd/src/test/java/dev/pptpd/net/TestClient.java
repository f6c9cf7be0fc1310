package dev.pptpd.net;

import dev.pptpd.control.ControlMessage;
import dev.pptpd.control.ControlMessageDecoder;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.DecodedMessage;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.StartControlConnectionRequest;
import dev.pptpd.control.Subaddress;
import dev.pptpd.control.TextField;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A blocking client of the control connection. Reads give up after five seconds. */
final class TestClient implements AutoCloseable {
    static final StartControlConnectionRequest START =
            new StartControlConnectionRequest(
                    0x0100, 1, 1, 0, 0, TextField.EMPTY, TextField.of("Microsoft"));

    final Socket socket;
    private final ControlMessageDecoder decoder = new ControlMessageDecoder();

    TestClient(InetSocketAddress server) throws IOException {
        this(connected(server));
    }

    /** The other end of a connection speaks the same. */
    TestClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(5000);
        socket.setTcpNoDelay(true);
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        var socket = new Socket();
        socket.connect(server, 5000);
        return socket;
    }

    static OutgoingCallRequest call(int callId, String phoneNumber) {
        return new OutgoingCallRequest(
                callId,
                1,
                300,
                100_000_000,
                3,
                3,
                64,
                0,
                TextField.of(phoneNumber),
                Subaddress.NONE);
    }

    void send(ControlMessage... messages) throws IOException {
        int length = 0;
        for (var message : messages) {
            length += message.type().lengthOctets();
        }
        var segment = ByteBuffer.allocate(length);
        for (var message : messages) {
            segment.put(ControlMessageEncoder.encode(message));
        }
        send(segment.array());
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** The next message; empty when the server has closed. */
    Optional<ControlMessage> read() throws IOException {
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return Optional.empty();
            }
            var decoded = decoder.decode(ByteBuffer.wrap(new byte[] {(byte) octet}));
            if (decoded instanceof DecodedMessage.Known(var message)) {
                return Optional.of(message);
            }
        }
    }

    <T extends ControlMessage> T read(Class<T> type) throws IOException {
        return type.cast(read().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
