package dev.pptpd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetlinkAnswerTest {
    private static final int SEED = 2_637;
    private static final Ipv4Address DESTINATION = new Ipv4Address(0xC0000207);
    private static final int FUZZ_ROUNDS = 200_000;

    @Test
    void readsALink() {
        assertThat(NetlinkAnswer.next(link()).orElseThrow().link())
                .contains(new Link(12, "ppp3", 4_711, "tun"));
    }

    @Test
    void readsARoute() {
        assertThat(NetlinkAnswer.next(route()).orElseThrow().route(DESTINATION))
                .contains(
                        new RouteLookup(
                                DESTINATION,
                                false,
                                3,
                                Optional.of(new Ipv4Address(0x0A010203)),
                                Optional.of(new Ipv4Address(0x0A0102FE))));
    }

    @Test
    void readsWhatARouteAndADeviceCarry() {
        assertThat(NetlinkAnswer.next(route()).orElseThrow().routeMtu()).hasValue(1_300);
        assertThat(NetlinkAnswer.next(link()).orElseThrow().linkMtu()).hasValue(1_492);
        assertThat(NetlinkAnswer.next(link()).orElseThrow().routeMtu()).isEmpty();
        assertThat(NetlinkAnswer.next(route()).orElseThrow().linkMtu()).isEmpty();
    }

    @Test
    void readsNoRouteWithoutADevice() {
        ByteBuffer message = message(NetlinkMessage.RTM_NEWROUTE, 0, 1);
        message.put(new byte[NetlinkMessage.ROUTE_HEADER_SIZE]);

        assertThat(NetlinkAnswer.next(ended(message)).orElseThrow().route(DESTINATION)).isEmpty();
    }

    @Test
    void readsALinkWithoutAttributes() {
        ByteBuffer message = message(NetlinkMessage.RTM_NEWLINK, 0, 1);
        message.putLong(0).putLong(0);

        assertThat(NetlinkAnswer.next(ended(message)).orElseThrow().link())
                .contains(new Link(0, "", 0, ""));
    }

    @Test
    void readsAnErrorWithItsExplanation() {
        NetlinkAnswer answer = NetlinkAnswer.next(error()).orElseThrow();

        assertThat(answer.isFinal()).isTrue();
        assertThat(answer.sequence()).isEqualTo(9);
        assertThat(answer.errno()).isEqualTo(17);
        assertThat(answer.explanation()).contains("already there");
    }

    @Test
    void cutsOneMessageAfterTheOther() {
        ByteBuffer both = ByteBuffer.allocate(1_024);
        both.put(link()).put(error()).flip();

        assertThat(NetlinkAnswer.next(both).orElseThrow().isFinal()).isFalse();
        assertThat(NetlinkAnswer.next(both).orElseThrow().isFinal()).isTrue();
        assertThat(NetlinkAnswer.next(both)).isEmpty();
    }

    @Test
    void takesNoMessageThatIsCutOff() {
        int length = link().remaining();
        for (int cut = 0; cut < length; cut++) {
            assertThat(NetlinkAnswer.next(link().limit(cut))).as("length %d", cut).isEmpty();
        }
    }

    @Test
    void survivesAMessageThatEndsAnywhere() {
        for (ByteBuffer whole :
                new ByteBuffer[] {link(), route(), routeByTwoGateways(0), error()}) {
            for (int length = NetlinkMessage.HEADER_SIZE; length < whole.limit(); length++) {
                ByteBuffer cut = whole.duplicate().order(ByteOrder.nativeOrder());
                assertThat(readAll(cut.putInt(0, length).limit(length))).isEqualTo(1);
            }
        }
    }

    @Test
    void survivesRandomOctets() {
        Random random = new Random(SEED);
        ByteBuffer noise = ByteBuffer.allocate(96);
        short[] types = {
            NetlinkMessage.NLMSG_ERROR, NetlinkMessage.RTM_NEWLINK, NetlinkMessage.RTM_NEWROUTE
        };
        int read = 0;
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            random.nextBytes(noise.array());
            noise.clear().order(ByteOrder.nativeOrder()).putInt(0, random.nextInt(97));
            noise.putShort(4, types[random.nextInt(types.length)]);
            read += readAll(noise);
        }
        assertThat(read).as("the fuzz gets past the header").isGreaterThan(FUZZ_ROUNDS / 2);
    }

    @Test
    void readsARouteOfAList() {
        HostRoute route =
                NetlinkAnswer.next(routeByTwoGateways(0)).orElseThrow().hostRoute().orElseThrow();
        assertThat(route.kind()).isEqualTo(HostRoute.Kind.UNICAST);
        assertThat(route.destination()).hasToString("10.7.0.0/16");
        assertThat(route.gateways()).hasToString("[10.1.0.7, 10.1.0.8]");
        HostRoute direct = NetlinkAnswer.next(route()).orElseThrow().hostRoute().orElseThrow();
        assertThat(direct.interfaceIndex()).isEqualTo(3);
        assertThat(direct.gateways()).hasToString("[10.1.2.3]");
    }

    @Test
    void readsNothingThatWasLearntOnTheWay() {
        ByteBuffer learnt = routeByTwoGateways(NetlinkMessage.RTM_F_CLONED);
        assertThat(NetlinkAnswer.next(learnt).orElseThrow().hostRoute()).isEmpty();
    }

    private static ByteBuffer routeByTwoGateways(int flags) {
        ByteBuffer message = message(NetlinkMessage.RTM_NEWROUTE, 0, 1);
        message.put(new byte[] {2, 16, 0, 0, (byte) 254, 0, 0, 1}).putInt(flags);
        message.putShort((short) 8).putShort(NetlinkMessage.RTA_DST);
        message.put(new byte[] {10, 7, 0, 0});
        message.putShort((short) 36).putShort(NetlinkMessage.RTA_MULTIPATH);
        for (int gateway = 7; gateway <= 8; gateway++) {
            message.putShort((short) 16).putShort((short) 0).putInt(3);
            message.putShort((short) 8).putShort(NetlinkMessage.RTA_GATEWAY);
            message.put(new byte[] {10, 1, 0, (byte) gateway});
        }
        return ended(message);
    }

    private static int readAll(ByteBuffer received) {
        int read = 0;
        for (Optional<NetlinkAnswer> next = NetlinkAnswer.next(received);
                next.isPresent();
                next = NetlinkAnswer.next(received)) {
            NetlinkAnswer answer = next.get();
            assertThat(answer.link()).isNotNull();
            assertThat(answer.route(DESTINATION)).isNotNull();
            assertThat(answer.explanation()).isNotNull();
            assertThat(answer.hostRoute()).isNotNull();
            assertThat(answer.routeMtu()).isNotNull();
            assertThat(answer.linkMtu()).isNotNull();
            assertThat(answer.isFinal()).isEqualTo(answer.type() == 2 || answer.type() == 3);
            answer.errno();
            read++;
        }
        return read;
    }

    private static ByteBuffer link() {
        ByteBuffer message = message(NetlinkMessage.RTM_NEWLINK, 0, 1);
        message.putInt(0).putInt(12).putInt(1).putInt(0);
        message.putShort((short) 9)
                .putShort(NetlinkMessage.IFLA_IFNAME)
                .put(text("ppp3\0"))
                .put(new byte[3]);
        message.putShort((short) 8).putShort(NetlinkMessage.IFLA_GROUP).putInt(4_711);
        message.putShort((short) 8).putShort(NetlinkMessage.IFLA_MTU).putInt(1_492);
        message.putShort((short) 12).putShort((short) (0x8000 | NetlinkMessage.IFLA_LINKINFO));
        message.putShort((short) 8).putShort(NetlinkMessage.IFLA_INFO_KIND).put(text("tun\0"));
        return ended(message);
    }

    private static ByteBuffer route() {
        ByteBuffer message = message(NetlinkMessage.RTM_NEWROUTE, 0, 1);
        message.put(new byte[] {2, 32, 0, 0, (byte) 254, 0, 0, 1}).putInt(0);
        message.putShort((short) 8).putShort(NetlinkMessage.RTA_OIF).putInt(3);
        message.putShort((short) 8).putShort(NetlinkMessage.RTA_GATEWAY);
        message.put(new byte[] {10, 1, 2, 3});
        message.putShort((short) 8).putShort(NetlinkMessage.RTA_PREFSRC);
        message.put(new byte[] {10, 1, 2, (byte) 254});
        message.putShort((short) 12).putShort(NetlinkMessage.RTA_METRICS);
        message.putShort((short) 8).putShort(NetlinkMessage.RTAX_MTU).putInt(1_300);
        return ended(message);
    }

    private static ByteBuffer error() {
        ByteBuffer message = message(NetlinkMessage.NLMSG_ERROR, 0x300, 9);
        message.putInt(-17).put(new byte[NetlinkMessage.HEADER_SIZE]);
        message.putShort((short) 18).putShort(NetlinkMessage.NLMSGERR_ATTR_MSG);
        message.put(text("already there\0")).put(new byte[2]);
        return ended(message);
    }

    private static ByteBuffer message(short type, int flags, int sequence) {
        ByteBuffer message = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        return message.putInt(0).putShort(type).putShort((short) flags).putInt(sequence).putInt(0);
    }

    private static ByteBuffer ended(ByteBuffer message) {
        message.putInt(0, message.position());
        return message.flip();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
