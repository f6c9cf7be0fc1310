package dev.pptpd.emulator;

import dev.pptpd.emulator.Observation.Direction;
import dev.pptpd.emulator.Observation.PacketSeen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client whose packets all say whose they are, in the clear: what is mixed up is seen. */
final class IdentifiedClient implements AutoCloseable {
    private static final Duration UP_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final Duration ECHO_LIMIT = Duration.ofSeconds(5);
    private static final int ECHO_IDENTIFIER = 0x4944;

    private final EmulatedClient client;
    private final Octets identity;

    private IdentifiedClient(EmulatedClient client, Octets identity) {
        this.client = client;
        this.identity = identity;
    }

    /** Logs in without encryption, with call id 0. */
    static IdentifiedClient connect(Place place, int identity) {
        EmulatedClient client =
                EmulatedClient.start(
                        place, ClientProfiles.PPTP_LINUX.withoutMppe(), TestNetwork.GOOD);
        try {
            client.awaitFirstEcho(UP_LIMIT);
        } catch (AssertionError e) {
            client.close();
            throw e;
        }
        Octets data = new OctetWriter().u16(identity >>> 16).u16(identity & 0xFFFF).toOctets();
        return new IdentifiedClient(client, data.plus(Octets.of(new byte[200])));
    }

    /** Sends so many echo requests at once and waits for all their answers. */
    void exchange(int packets) {
        int mark = client.journal().size();
        client.act(automaton -> {
            DataPath data = automaton.link().network().data();
            for (int sequence = 0; sequence < packets; sequence++) {
                data.send(
                        new IcmpEcho(true, ECHO_IDENTIFIER, sequence, identity)
                                .between(data.ownAddress(), data.serverAddress()));
            }
        });
        for (int sequence = 0; sequence < packets; sequence++) {
            int wanted = sequence;
            client.journal()
                    .awaitAfter(
                            mark, "echo " + wanted, seen -> isOwnEcho(seen, wanted), ECHO_LIMIT);
        }
    }

    private boolean isOwnEcho(Observation seen, int sequence) {
        return seen instanceof PacketSeen(var direction, _, var packet)
                && direction == Direction.RECEIVED
                && IcmpEcho.in(packet)
                        .filter(echo -> echo.sequence() == sequence)
                        .filter(echo -> echo.identifier() == ECHO_IDENTIFIER)
                        .filter(echo -> echo.data().equals(identity))
                        .isPresent();
    }

    /** Whatever came that is not this client's. */
    List<Observation> foreign() {
        int own = ownAddress();
        return client.journal()
                .all(seen ->
                        switch (seen) {
                            case PacketSeen(var direction, _, var packet) ->
                                    direction == Direction.RECEIVED
                                            && (packet.destination() != own
                                                    || IcmpEcho.in(packet)
                                                            .filter(this::isForeign)
                                                            .isPresent());
                            case Observation.Dropped _ -> true;
                            default -> false;
                        });
    }

    private boolean isForeign(IcmpEcho echo) {
        return echo.identifier() == ECHO_IDENTIFIER && !echo.data().equals(identity);
    }

    private int ownAddress() {
        var address = new CompletableFuture<Integer>();
        client.act(automaton -> address.complete(automaton.link().network().data().ownAddress()));
        return address.join();
    }

    /** Leaves in good order. */
    void hangUp() {
        client.hangUp();
        client.awaitConnectionClosed(END_LIMIT);
    }

    @Override
    public void close() {
        client.close();
    }
}
