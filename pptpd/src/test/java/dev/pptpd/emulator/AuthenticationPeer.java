package dev.pptpd.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the server's challenges and checks its proof. */
final class AuthenticationPeer {
    /** What a packet of the server means for the link. */
    enum Verdict {
        WAIT,
        SUCCESS,
        SERVER_NOT_PROVEN
    }

    private static final int CHALLENGE_LENGTH = 16;
    private static final Pattern RETRY = Pattern.compile("E=\\d+ R=1 C=([0-9A-Fa-f]{32}) .*");

    private final Credentials credentials;
    private final RandomGenerator entropy;
    private Optional<MsChapV2Peer> exchange = Optional.empty();
    private Optional<PppPacket> response = Optional.empty();

    AuthenticationPeer(Credentials credentials, RandomGenerator entropy) {
        this.credentials = credentials;
        this.entropy = entropy;
    }

    /** The exchange that succeeded, or the latest. */
    MsChapV2Peer exchange() {
        return exchange.orElseThrow(() -> new IllegalStateException("no challenge came"));
    }

    /** The Response that is due or was sent last. */
    Optional<PppPacket> response() {
        return response;
    }

    /** Whether the packet asked for a (new) Response. */
    boolean challengedBy(PppPacket packet) {
        return switch (packet.code()) {
            case PppPacket.CHALLENGE -> {
                int length = packet.data().u8(0);
                respond(packet.identifier(), packet.data().slice(1, 1 + length));
                yield true;
            }
            case PppPacket.FAILURE -> {
                Matcher retry = RETRY.matcher(text(packet));
                boolean allowed = retry.matches();
                if (allowed) {
                    respond(packet.identifier() + 1 & 0xff, Octets.ofHex(retry.group(1)));
                }
                yield allowed;
            }
            default -> false;
        };
    }

    Verdict verdict(PppPacket packet) {
        if (packet.code() != PppPacket.SUCCESS || exchange.isEmpty()) {
            return Verdict.WAIT;
        }
        return text(packet).startsWith(exchange.get().authenticatorResponse())
                ? Verdict.SUCCESS
                : Verdict.SERVER_NOT_PROVEN;
    }

    private void respond(int identifier, Octets challenge) {
        byte[] peerChallenge = new byte[CHALLENGE_LENGTH];
        entropy.nextBytes(peerChallenge);
        var latest =
                new MsChapV2Peer(
                        credentials.user(),
                        credentials.password(),
                        challenge,
                        Octets.of(peerChallenge));
        Octets value = latest.responseValue();
        exchange = Optional.of(latest);
        response =
                Optional.of(
                        new PppPacket(
                                PppPacket.RESPONSE,
                                identifier,
                                new OctetWriter()
                                        .u8(value.length())
                                        .octets(value)
                                        .text(credentials.user())
                                        .toOctets()));
    }

    private static String text(PppPacket packet) {
        return new String(packet.data().toArray(), StandardCharsets.US_ASCII);
    }
}
