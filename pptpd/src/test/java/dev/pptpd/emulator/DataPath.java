package dev.pptpd.emulator;

import dev.pptpd.emulator.Observation.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** IP packets of the tunnel: encryption, and ICMP echo in both roles. */
final class DataPath {
    private static final int ECHO_IDENTIFIER = 0x5050;
    private static final Octets ECHO_DATA = Octets.of(new byte[56]);

    private record Encryption(MppeStream sending, MppeStream receiving) {}

    private final Consumer<PppFrame> output;
    private final Journal journal;
    private final Map<Integer, CompletableFuture<Long>> unanswered = new HashMap<>();

    private Optional<Encryption> encryption = Optional.empty();
    private int ownAddress;
    private int serverAddress;
    private int nextEcho;

    DataPath(Consumer<PppFrame> output, Journal journal) {
        this.output = output;
        this.journal = journal;
    }

    /** Starts both directions with fresh keys, at coherency count 0. */
    void encrypt(MsChapV2Peer exchange) {
        encryption =
                Optional.of(
                        new Encryption(
                                new MppeStream(exchange.sendStartKey()),
                                new MppeStream(exchange.receiveStartKey())));
    }

    void address(int own, int server) {
        ownAddress = own;
        serverAddress = server;
    }

    int ownAddress() {
        return ownAddress;
    }

    int serverAddress() {
        return serverAddress;
    }

    /** Sends an echo request to the server's end of the tunnel. */
    void ping(CompletableFuture<Long> answer) {
        int sequence = nextEcho++ & 0xffff;
        unanswered.put(sequence, answer);
        send(
                new IcmpEcho(true, ECHO_IDENTIFIER, sequence, ECHO_DATA)
                        .between(ownAddress, serverAddress));
    }

    /** Sends a packet, encrypted as soon as the link is. */
    void send(Ipv4Packet packet) {
        var plain = new PppFrame(PppFrame.IP, packet.encode());
        journal.add(new Observation.PacketSeen(Direction.SENT, encryption.isPresent(), packet));
        output.accept(
                encryption
                        .map(keys -> new PppFrame(PppFrame.COMPRESSED, keys.sending.seal(plain)))
                        .orElse(plain));
    }

    void receive(PppFrame frame, long nowNanos) {
        boolean encrypted = frame.protocol() == PppFrame.COMPRESSED;
        Optional<Ipv4Packet> packet =
                (encrypted ? decrypt(frame.information()) : Optional.of(frame))
                        .filter(inner -> inner.protocol() == PppFrame.IP)
                        .flatMap(inner -> Ipv4Packet.decode(inner.information()));
        packet.ifPresentOrElse(
                seen -> {
                    journal.add(new Observation.PacketSeen(Direction.RECEIVED, encrypted, seen));
                    IcmpEcho.in(seen).ifPresent(echo -> echoed(seen, echo, nowNanos));
                },
                () -> journal.add(new Observation.Dropped("undecipherable " + frame)));
    }

    private Optional<PppFrame> decrypt(Octets sealed) {
        return encryption.flatMap(keys -> keys.receiving.open(sealed));
    }

    private void echoed(Ipv4Packet packet, IcmpEcho echo, long nowNanos) {
        if (packet.destination() != ownAddress) {
            return;
        }
        if (echo.request()) {
            send(echo.reply().between(ownAddress, packet.source()));
            return;
        }
        CompletableFuture<Long> answer = unanswered.remove(echo.sequence());
        if (answer != null) {
            answer.complete(nowNanos);
        }
    }
}
