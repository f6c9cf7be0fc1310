package dev.pptpd.ppp.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Assignment;
import dev.pptpd.ppp.link.LinkEnd.Cause;
import dev.pptpd.ppp.packet.Code;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Plays the steps of a {@link PeerRow} to a whole link. What the peer says and what ours answers
 * stand there in octets:
 *
 * <ul>
 *   <li>{@code link WORDS}: the link, see {@link LinkWords}
 *   <li>{@code peer HEX}: a frame from the peer, its header as the peer writes it
 *   <li>{@code ours HEX}: the next packet of ours and nothing else, from its protocol number on; a
 *       dot stands for any digit
 *   <li>{@code silence}: ours has nothing more to say
 *   <li>{@code acks LCP}: the peer acknowledges the request of ours that was seen last
 *   <li>{@code wait 100}: so many milliseconds pass
 *   <li>{@code do NAME}: a part that many rows have in common, see {@link #part}
 *   <li>{@code identified TEXT}, {@code up MODE}, {@code down}, {@code address LOCAL PEER}: what
 *       the session was told
 *   <li>{@code carries encrypted}, {@code carries clear}, {@code carries nothing}: IP, both ways
 *   <li>{@code close}: our side hangs up and says "shutdown"
 *   <li>{@code open}, {@code ends CAUSE DETAIL}: how the link is
 * </ul>
 */
final class LinkScript {
    private static final byte[] PING = HexFormat.of().parseHex("4500001c000100004001");

    private final Map<Integer, ControlPacket> requests = new HashMap<>();
    private ScriptedPeer peer = new ScriptedPeer(LinkWords.configuration("server"));

    static void play(PeerRow row) {
        LinkScript script = new LinkScript();
        for (String step : row.steps()) {
            try {
                script.step(step);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(row.title() + ", at: " + step, e);
            }
        }
        assertThat(script.peer.sent).as("nothing is left unsaid").isEmpty();
    }

    private void step(String step) {
        int blank = step.indexOf(' ');
        String rest = step.substring(blank + 1);
        switch (blank < 0 ? step : step.substring(0, blank)) {
            case "link" -> peer = new ScriptedPeer(LinkWords.configuration(rest));
            case "peer" -> peer.sayHex(octets(rest));
            case "ours" -> assertThat(nextOfOurs()).matches(octets(rest));
            case "silence" -> assertThat(peer.sent).isEmpty();
            case "acks" -> acknowledge(protocol(rest));
            case "wait" -> peer.pass(Long.parseLong(rest));
            case "do" -> part(rest);
            case "identified" -> assertThat(peer.events).endsWith(new LinkAction.Identified(rest));
            case "up" -> assertUp(rest);
            case "down" -> assertThat(upsLessDowns()).isZero();
            case "address" -> assertAddresses(rest);
            case "close" -> peer.close("shutdown");
            case "carries" -> assertCarries(rest);
            case "open" -> assertThat(peer.link.end()).isEmpty();
            case "ends" -> assertEnds(rest);
            default -> throw new IllegalArgumentException(step);
        }
    }

    private void part(String name) {
        switch (name) {
            case "establish" -> peer.establish();
            case "login" -> peer.logIn();
            case "keys" -> peer.beginMppe();
            case "encryption" -> peer.encrypt();
            case "addresses" -> peer.address();
            case "everything" -> peer.comeUp();
            case "establish as server" -> peer.establishAsServer();
            case "login as server" -> peer.letIn(1);
            case "addresses as server" -> peer.nameAddresses();
            case "everything as server" -> peer.comeUpAsServer();
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static String octets(String hex) {
        return hex.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static int protocol(String name) {
        return switch (name) {
            case "LCP" -> PppProtocol.LCP;
            case "CCP" -> PppProtocol.CCP;
            case "IPCP" -> PppProtocol.IPCP;
            case "IPV6CP" -> PppProtocol.IPV6CP;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String nextOfOurs() {
        ScriptedPeer.Sent next = peer.sent.remove();
        if (next.packet().code() == Code.CONFIGURE_REQUEST) {
            requests.put(next.protocol(), next.packet());
        }
        return String.format("%04x", next.protocol())
                + HexFormat.of().formatHex(next.packet().encode());
    }

    private void acknowledge(int protocol) {
        ControlPacket request = Objects.requireNonNull(requests.remove(protocol));
        peer.say(protocol, Code.CONFIGURE_ACK, request.identifier(), request.data());
    }

    private void assertUp(String mode) {
        assertThat(upsLessDowns()).isOne();
        assertThat(lastUp().encryption().map(Object::toString).orElse("none")).isEqualTo(mode);
    }

    private long upsLessDowns() {
        return peer.count(LinkAction.NetworkUp.class) - peer.count(LinkAction.NetworkDown.class);
    }

    private LinkAction.NetworkUp lastUp() {
        return peer.events.stream()
                .filter(LinkAction.NetworkUp.class::isInstance)
                .map(LinkAction.NetworkUp.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private void assertAddresses(String localAndPeer) {
        Ipv4Assignment assignment = lastUp().assignment();
        assertThat(assignment.local() + " " + assignment.peer()).isEqualTo(localAndPeer);
    }

    private void assertCarries(String how) {
        switch (how) {
            case "encrypted" -> {
                assertThat(peer.sayEncryptedIp(PING)).isEqualTo(FrameVerdict.IPV4);
                assertThat(peer.hearIp(PING)).contains(PING);
                assertThat(peer.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
            }
            case "clear" -> {
                assertThat(peer.sayIp(PING)).isEqualTo(FrameVerdict.IPV4);
                assertThat(peer.hearIp(PING)).contains(PING);
            }
            case "nothing" -> {
                assertThat(peer.sayIp(PING)).isEqualTo(FrameVerdict.DROPPED);
                assertThat(peer.hearIp(PING)).isEmpty();
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    private void assertEnds(String causeAndDetail) {
        int blank = causeAndDetail.indexOf(' ');
        LinkEnd expected =
                new LinkEnd(
                        Cause.valueOf(causeAndDetail.substring(0, blank)),
                        causeAndDetail.substring(blank + 1));
        assertThat(peer.link.end()).contains(expected);
    }
}
