package dev.pptpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.address.Ipv4Network;
import dev.pptpd.gre.Deadline;
import dev.pptpd.inner.UdpPacket;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our client's end of a DHCPINFORM, mostly against our server's. */
final class DhcpInquiryTest {
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final int TRANSACTION = 0x12345678;
    private static final Ipv4Address SERVER = Ipv4Address.parse("10.99.0.1").orElseThrow();
    private static final Ipv4Address CLIENT = Ipv4Address.parse("10.99.0.10").orElseThrow();
    private static final List<Ipv4Network> ROUTES =
            List.of(
                    Ipv4Network.parse("10.1.0.0/16").orElseThrow(),
                    Ipv4Network.parse("192.168.7.128/25").orElseThrow());

    private final DhcpInquiry inquiry = new DhcpInquiry(CLIENT, TRANSACTION, NOW);

    @Test
    void asksAsWindowsDoesAndIsAnsweredByOurServer() {
        ByteBuffer question = ask(NOW);
        assertThat(UdpPacket.isIntact(question)).isTrue();
        assertThat(UdpPacket.source(question)).isEqualTo(CLIENT.value());
        assertThat(DhcpPacket.isForServer(question, SERVER.value())).isTrue();
        assertThat(inquiry.receive(answer(question, ROUTES))).isTrue();
        assertThat(inquiry.takeRoutes()).contains(ROUTES);
        assertThat(inquiry.takeRoutes()).as("once").isEmpty();
        assertThat(inquiry.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(inquiry.receive(answer(question, List.of()))).as("again").isFalse();
    }

    @Test
    void learnsThatAServerHasNothingToTell() {
        assertThat(inquiry.receive(answer(ask(NOW), List.of()))).isTrue();
        assertThat(inquiry.takeRoutes()).contains(List.of());
    }

    @Test
    void asksFourTimesMoreAndMorePatiently() {
        long nowNanos = NOW;
        List<Long> asked = new ArrayList<>();
        while (inquiry.nextDeadlineNanos() != Deadline.NEVER) {
            nowNanos = inquiry.nextDeadlineNanos();
            inquiry.onTimeout(nowNanos - 1);
            assertThat(inquiry.poll()).as("too early").isNull();
            assertThat(inquiry.takeSilence()).as("not given up").isFalse();
            inquiry.onTimeout(nowNanos);
            if (inquiry.poll() != null) {
                asked.add(TimeUnit.NANOSECONDS.toSeconds(nowNanos - NOW));
            }
        }
        assertThat(asked).containsExactly(0L, 1L, 3L, 7L);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(nowNanos - NOW)).isEqualTo(15);
        assertThat(inquiry.takeSilence()).isTrue();
        assertThat(inquiry.takeSilence()).as("once").isFalse();
    }

    @Test
    void takesWindowsOwnOptionWhereThereIsNoOther() {
        ByteBuffer answer = answer(ask(NOW), ROUTES);
        replace(answer, (byte) 121, (byte) 224);
        assertThat(inquiry.receive(answer)).isTrue();
        assertThat(inquiry.takeRoutes()).contains(ROUTES);
    }

    @Test
    void takesBrokenRoutesForNone() {
        ByteBuffer answer = answer(ask(NOW), ROUTES);
        int option = indexOf(answer, (byte) 121);
        answer.put(option + 2, (byte) 33);
        assertThat(inquiry.receive(answer)).isTrue();
        assertThat(inquiry.takeRoutes()).contains(List.of());
    }

    @Test
    void takesNoAnswerToAnotherQuestionNorToAnotherHost() {
        ByteBuffer question = ask(NOW);
        ByteBuffer other = answer(question, ROUTES);
        other.putInt(28 + 4, TRANSACTION + 1);
        assertThat(inquiry.receive(other)).isFalse();
        ByteBuffer elsewhere = answer(question, ROUTES);
        UdpPacket.readdress(elsewhere, CLIENT.value() + 1);
        assertThat(inquiry.receive(elsewhere)).isFalse();
        assertThat(inquiry.receive(question)).as("a question").isFalse();
        assertThat(inquiry.takeRoutes()).isEmpty();
    }

    @Test
    void survivesCutAndDamagedAnswers() {
        byte[] whole = octets(answer(ask(NOW), ROUTES));
        Random random = new Random(4711);
        for (int round = 0; round < 100_000; round++) {
            DhcpInquiry fresh = new DhcpInquiry(CLIENT, TRANSACTION, NOW);
            byte[] damaged = whole.clone();
            for (int count = random.nextInt(4); count >= 0; count--) {
                damaged[28 + random.nextInt(damaged.length - 28)] = (byte) random.nextInt();
            }
            fresh.receive(ByteBuffer.wrap(damaged));
        }
        for (int octets = 28; octets < whole.length; octets++) {
            ByteBuffer cut = ByteBuffer.wrap(whole.clone(), 0, octets);
            assertThat(inquiry.receive(cut)).isFalse();
        }
    }

    private ByteBuffer ask(long nowNanos) {
        inquiry.onTimeout(nowNanos);
        return ByteBuffer.wrap(Objects.requireNonNull(inquiry.poll()));
    }

    private static ByteBuffer answer(ByteBuffer question, List<Ipv4Network> routes) {
        DhcpTerms terms = new DhcpTerms(SERVER, List.of(), List.of(), "", routes);
        ByteBuffer answer = ByteBuffer.allocate(DhcpPacket.MAX_OCTETS);
        assertThat(DhcpDesk.answer(question, terms, answer)).isTrue();
        return answer;
    }

    private static byte[] octets(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.get(packet.position(), octets);
        return octets;
    }

    private static void replace(ByteBuffer answer, byte code, byte by) {
        answer.put(indexOf(answer, code), by);
    }

    /** Where an option is, behind the headers of IP, UDP and BOOTP. */
    private static int indexOf(ByteBuffer answer, byte code) {
        int at = 28 + 240;
        while (answer.get(at) != code) {
            at += 2 + (answer.get(at + 1) & 0xFF);
        }
        return at;
    }
}
