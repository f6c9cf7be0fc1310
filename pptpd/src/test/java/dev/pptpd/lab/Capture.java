package dev.pptpd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What passes a device, recorded by tcpdump and read when the recording has been stopped. It keeps
 * the control connection and the enhanced GRE packets only.
 */
final class Capture implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int RECORD_LENGTH_OFFSET = 8;
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final int TCP = 6;
    private static final int GRE = 47;
    private static final int CONTROL_MESSAGE_TYPE_OFFSET = 8;
    private static final int LCP = 0xC021;
    private static final int TERMINATE_REQUEST = 5;
    private static final int GRE_HEADER_BYTES = 8;
    private static final int GRE_SEQUENCE_PRESENT = 0x1000;
    private static final int GRE_ACKNOWLEDGMENT_PRESENT = 0x0080;

    private final Process process;
    private final Path file;

    private Capture(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /**
     * Starts recording and returns once nothing can be missed.
     *
     * @param device a TAP or veth device, not the bridge above it
     * @param file where to record, not there yet
     */
    static Capture start(Namespace namespace, String device, Path file) {
        Process process =
                namespace
                        .command(
                                "tcpdump",
                                "-i",
                                device,
                                "-U",
                                "--immediate-mode",
                                "-Z",
                                "root",
                                "-w",
                                file.toString(),
                                "tcp port 1723 or ip proto 47")
                        .start();
        Capture capture = new Capture(process, file);
        OutputLines output = OutputLines.of(process.getInputStream());
        if (output.await(LIMIT, line -> Optional.of(line).filter(l -> l.contains("listening")))
                .isEmpty()) {
            capture.close();
            throw new AssertionError("tcpdump does not listen: " + output.snapshot());
        }
        return capture;
    }

    /** Ends the recording; what was seen until now is in the file. */
    void stop() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("tcpdump does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The types of the control messages (RFC 2637 section 2) from this address, in order. */
    List<Integer> controlMessageTypes(String source) {
        return packets(source, TCP).flatMap(Capture::controlMessageTypes).toList();
    }

    /** The PPP frames from this address, in order, from their address or protocol field on. */
    List<ByteBuffer> frames(String source) {
        return packets(source, GRE)
                .map(Capture::grePayload)
                .filter(ByteBuffer::hasRemaining)
                .toList();
    }

    /** The first PPP protocol number of a frame, its header compressed or not. */
    static int protocol(ByteBuffer frame) {
        int start = frame.position();
        if (frame.remaining() > 2 && frame.getShort(start) == (short) 0xFF03) {
            start += 2;
        }
        int first = Byte.toUnsignedInt(frame.get(start));
        return (first & 1) == 1 ? first : Short.toUnsignedInt(frame.getShort(start));
    }

    /** Whether a frame is an LCP Terminate-Request, with address and control field or without. */
    static boolean isTerminateRequest(ByteBuffer frame) {
        int code = frame.position() + (frame.get(frame.position()) == (byte) 0xFF ? 4 : 2);
        return protocol(frame) == LCP && frame.get(code) == TERMINATE_REQUEST;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Stream<ByteBuffer> packets(String source, int protocol) {
        byte[] address = address(source);
        return packets().stream()
                .filter(packet -> packet.get(9) == protocol)
                .filter(packet -> Arrays.equals(address, bytes(packet, 12, 4)))
                .map(packet -> packet.position((packet.get(0) & 0x0F) * 4).slice());
    }

    private static Stream<Integer> controlMessageTypes(ByteBuffer segment) {
        List<Integer> types = new ArrayList<>();
        int start = ((segment.get(12) & 0xF0) >> 4) * 4;
        while (start + CONTROL_MESSAGE_TYPE_OFFSET + 2 <= segment.limit()) {
            types.add((int) segment.getShort(start + CONTROL_MESSAGE_TYPE_OFFSET));
            start += Math.max(1, segment.getShort(start));
        }
        return types.stream();
    }

    private static ByteBuffer grePayload(ByteBuffer packet) {
        int flags = Short.toUnsignedInt(packet.getShort(0));
        int header =
                GRE_HEADER_BYTES
                        + ((flags & GRE_SEQUENCE_PRESENT) == 0 ? 0 : 4)
                        + ((flags & GRE_ACKNOWLEDGMENT_PRESENT) == 0 ? 0 : 4);
        return packet.position(header).slice();
    }

    /** The IPv4 packets of the file, without what Ethernet pads short ones with. */
    private List<ByteBuffer> packets() {
        ByteBuffer recorded = ByteBuffer.wrap(read()).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> packets = new ArrayList<>();
        int start = FILE_HEADER_BYTES;
        while (start + RECORD_HEADER_BYTES <= recorded.limit()) {
            int length = recorded.getInt(start + RECORD_LENGTH_OFFSET);
            start += RECORD_HEADER_BYTES;
            ByteBuffer packet =
                    recorded.slice(start + ETHERNET_HEADER_BYTES, length - ETHERNET_HEADER_BYTES);
            packets.add(packet.limit(Short.toUnsignedInt(packet.getShort(2))));
            start += length;
        }
        return packets;
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer, int start, int length) {
        byte[] bytes = new byte[length];
        buffer.get(start, bytes);
        return bytes;
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
