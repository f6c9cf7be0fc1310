package dev.pptpd.relay;

import static dev.pptpd.relay.RelaySide.CLIENT;
import static dev.pptpd.relay.RelaySide.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.call.CallIdAllocator;
import dev.pptpd.control.CallClearRequest;
import dev.pptpd.control.CallDisconnectNotify;
import dev.pptpd.control.OutgoingCallRequest;
import dev.pptpd.control.TextField;
import dev.pptpd.gre.GreHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that all use call id 0, relayed to one server in random order. */
final class RelayInterleavingTest {
    private static final int SERVER_ADDRESS = 0x0A580002;
    private static final int RELAY_ADDRESS = 0x0A580001;
    private static final long REST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int STEPS = 20_000;

    private final RouteTable routes = new RouteTable();
    private final Map<Integer, Long> releasedAt = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private long now;

    /** A client behind the relay, and the server's side of its call. */
    private final class Client {
        final int address;
        final CallIdAllocator ids;
        RelayRig rig;
        int ownId;
        int serverId;
        OptionalInt requested = OptionalInt.empty();
        Optional<RelayAction.CallIds> call = Optional.empty();

        Client(int address, CallIdAllocator ids) {
            this.address = address;
            this.ids = ids;
            this.rig = connect();
        }

        RelayRig connect() {
            RelayRig fresh = new RelayRig(ids);
            fresh.now = now;
            fresh.say(CLIENT, RelayRig.START);
            fresh.say(SERVER, RelayRig.STARTED);
            return fresh;
        }

        void step(SplittableRandom random) {
            rig.now = now;
            if (call.isPresent()) {
                end(random);
            } else if (requested.isPresent()) {
                answer(random);
            } else {
                ask();
            }
            perform();
        }

        private void ask() {
            for (RelayRig.Sent sent : rig.say(CLIENT, RelayRig.request(ownId))) {
                if (sent.to() == SERVER) {
                    requested = OptionalInt.of(((OutgoingCallRequest) sent.message()).callId());
                }
            }
            if (requested.isEmpty()) {
                hangUp();
            }
        }

        private void answer(SplittableRandom random) {
            serverId = random.nextInt(1, 1000);
            boolean agreed = random.nextInt(4) != 0;
            rig.pass(SERVER, RelayRig.reply(serverId, requested.getAsInt(), agreed ? 1 : 4));
            requested = OptionalInt.empty();
            if (agreed) {
                call = Optional.of(((RelayAction.CallUp) rig.others.getLast()).ids());
            }
        }

        private void end(SplittableRandom random) {
            if (random.nextBoolean()) {
                hangUp();
                return;
            }
            rig.pass(CLIENT, new CallClearRequest(ownId));
            rig.pass(SERVER, new CallDisconnectNotify(serverId, 0, 0, 0, TextField.EMPTY));
            call = Optional.empty();
        }

        private void hangUp() {
            rig.connection.end(now);
            rig.drain();
            perform();
            call = Optional.empty();
            rig = connect();
        }

        private void perform() {
            for (RelayAction action : rig.others) {
                if (action instanceof RelayAction.OpenRoute(var from, var callId, var peerId)) {
                    open(from, callId, peerId);
                } else if (action instanceof RelayAction.CloseRoute(var callId)) {
                    routes.close(callId);
                    releasedAt.put(callId, now);
                }
            }
            rig.others.clear();
        }

        private void open(RelaySide from, int callId, int peerCallId) {
            Long released = releasedAt.get(callId);
            assertThat(released == null || now - released >= REST_NANOS)
                    .as("id %d has rested", callId)
                    .isTrue();
            int near = from == CLIENT ? address : SERVER_ADDRESS;
            int far = from == CLIENT ? SERVER_ADDRESS : address;
            RelayTraffic traffic = new RelayTraffic();
            routes.open(callId, new Route(from, near, far, RELAY_ADDRESS, peerCallId, traffic));
        }

        /** Packets of both directions arrive where they belong. */
        void expectOwnPackets() {
            call.ifPresent(ids -> {
                expect(ids.toClient(), address, SERVER_ADDRESS, serverId);
                expect(ids.toServer(), SERVER_ADDRESS, address, ownId);
                for (Client other : clients) {
                    if (other != this) {
                        assertThat(routes.rewrite(packet(ids.toClient()), other.address)).isEmpty();
                    }
                }
            });
        }

        private void expect(int callId, int from, int to, int peerCallId) {
            ByteBuffer packet = packet(callId);
            Route route = routes.rewrite(packet, from).orElseThrow();
            assertThat(route.destinationAddress()).isEqualTo(to);
            assertThat(GreHeader.callId(packet)).isEqualTo(peerCallId);
        }
    }

    private static ByteBuffer packet(int callId) {
        ByteBuffer packet = ByteBuffer.allocate(64).position(16);
        GreHeader.encodeData(packet, callId, 1);
        return packet;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void neverMixesUpClientsThatAllUseCallId0(int count) {
        SplittableRandom random = new SplittableRandom(count);
        CallIdAllocator ids = new CallIdAllocator(new SplittableRandom(7), 1);
        for (int number = 0; number < count; number++) {
            clients.add(new Client(0x0A4D0000 + number, ids));
        }
        for (int step = 0; step < STEPS; step++) {
            now += random.nextLong(Duration.ofMillis(200).toNanos());
            clients.get(random.nextInt(count)).step(random);
            clients.get(random.nextInt(count)).expectOwnPackets();
        }
        assertThat(releasedAt).hasSizeGreaterThan(STEPS / 8);
    }

    /** All clients behind one more NAT: the address is the same, the ids tell them apart. */
    @Test
    void tellsClientsOfOneAddressApart() {
        CallIdAllocator ids = new CallIdAllocator(new SplittableRandom(7), 1);
        for (int number = 0; number < 50; number++) {
            Client client = new Client(0x0A4D0001, ids);
            client.serverId = 500 + number;
            client.call = Optional.of(client.rig.call(0, client.serverId));
            client.perform();
            clients.add(client);
        }
        for (Client client : clients) {
            RelayAction.CallIds call = client.call.orElseThrow();
            client.expect(call.toClient(), client.address, SERVER_ADDRESS, client.serverId);
            client.expect(call.toServer(), SERVER_ADDRESS, client.address, 0);
        }
    }
}
