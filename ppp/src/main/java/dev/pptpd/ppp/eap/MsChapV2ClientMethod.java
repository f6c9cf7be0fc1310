package dev.pptpd.ppp.eap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.ChangePasswordRequest;
import dev.pptpd.ppp.auth.ClientPassword;
import dev.pptpd.ppp.auth.FailureMessage;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The peer of EAP-MSCHAPv2: believes a Success only when it proves that the server knows the
 * password. A Failure ends the login, since the password would be the same; but where the password
 * has expired and a new one is at hand, that is sent.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-kamath-pppext-eap-mschapv2-00#section-2
 *     draft-kamath-pppext-eap-mschapv2-00 section 2
 */
final class MsChapV2ClientMethod implements ClientMethod {
    private final PeerName name;
    private final ClientPassword password;
    private final RandomGenerator entropy;

    /** The login that waits for its verdict. */
    private @Nullable MsChapV2Request undecided;

    private @Nullable MppeStartKeys startKeys;

    /**
     * A method that has not started.
     *
     * @param password owned by the caller; must not be wiped while Requests may come
     * @param entropy must be unpredictable: it makes the peer challenges
     */
    MsChapV2ClientMethod(PeerName name, ClientPassword password, RandomGenerator entropy) {
        this.name = name;
        this.password = password;
        this.entropy = entropy;
    }

    @Override
    public EapMethod method() {
        return EapMethod.MS_CHAP_V2;
    }

    @Override
    public Reply receive(int identifier, byte[] data) {
        return MsChapV2Packet.decode(data).map(this::receive).orElseGet(Reply.Ignore::new);
    }

    private Reply receive(MsChapV2Packet packet) {
        MsChapV2Request login = undecided;
        return switch (packet.operation()) {
            case MsChapV2Packet.CHALLENGE -> login == null ? answer(packet) : new Reply.Ignore();
            case MsChapV2Packet.SUCCESS ->
                    login == null ? new Reply.Ignore() : receiveSuccess(packet, login);
            case MsChapV2Packet.FAILURE ->
                    login == null ? new Reply.Ignore() : receiveFailure(packet);
            default -> new Reply.Ignore();
        };
    }

    /** Value-Size 16, the value, the server's name, which tells us nothing. */
    private Reply answer(MsChapV2Packet packet) {
        byte[] data = packet.data();
        if (data.length <= MsChapV2.CHALLENGE_OCTETS || data[0] != MsChapV2.CHALLENGE_OCTETS) {
            return new Reply.Ignore();
        }
        byte[] challenge = Arrays.copyOfRange(data, 1, 1 + MsChapV2.CHALLENGE_OCTETS);
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        entropy.nextBytes(peerChallenge);
        MsChapV2Request login =
                MsChapV2.respond(name, challenge, peerChallenge, password.known().ntHash());
        undecided = login;
        return answer(MsChapV2Packet.RESPONSE, packet, login.encode());
    }

    private static Reply answer(int operation, MsChapV2Packet request, byte[] data) {
        return new Reply.Answer(new MsChapV2Packet(operation, request.identifier(), data).encode());
    }

    private Reply receiveSuccess(MsChapV2Packet packet, MsChapV2Request login) {
        String message = new String(packet.data(), ISO_8859_1);
        if (!MsChapV2.isProvenBy(message, login, password.known().ntHash())) {
            return new Reply.NotProven("the server lets us in but does not know the password");
        }
        startKeys = MsChapV2.clientStartKeys(login, password.known().ntHash());
        password.confirm();
        return new Reply.Answer(MsChapV2Packet.acknowledgment(MsChapV2Packet.SUCCESS));
    }

    private Reply receiveFailure(MsChapV2Packet packet) {
        FailureMessage failure = FailureMessage.decode(packet.data());
        Optional<ChangePasswordRequest> change = password.change(name, failure, entropy);
        if (change.isPresent()) {
            undecided = change.get().login();
            return answer(MsChapV2Packet.CHANGE_PASSWORD, packet, change.get().encode());
        }
        return new Reply.LastAnswer(
                MsChapV2Packet.acknowledgment(MsChapV2Packet.FAILURE), failure.describe());
    }

    @Override
    public boolean isComplete() {
        return startKeys != null;
    }

    @Override
    public Optional<MppeStartKeys> startKeys() {
        return Optional.ofNullable(startKeys);
    }
}
