package dev.pptpd.ppp.eap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.auth.ChallengerName;
import dev.pptpd.ppp.auth.ChangePasswordRequest;
import dev.pptpd.ppp.auth.EapRequest;
import dev.pptpd.ppp.auth.FailureMessage;
import dev.pptpd.ppp.auth.LoginTries;
import dev.pptpd.ppp.auth.MsChapV2;
import dev.pptpd.ppp.auth.MsChapV2Request;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The authenticator of EAP-MSCHAPv2. Success and Failure are Requests, which the peer acknowledges;
 * a Failure that allows another try, or a change of password, carries the next challenge.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-kamath-pppext-eap-mschapv2-00#section-2
 *     draft-kamath-pppext-eap-mschapv2-00 section 2
 */
final class MsChapV2ServerMethod implements ServerMethod {

    /** Of the packet that changes a password. */
    private static final int CHANGE_VERSION = 3;

    private final ChallengerName name;
    private final LoginTries tries;
    private final RandomGenerator entropy;

    private Awaited awaited = Awaited.RESPONSE;
    private byte[] challenge = new byte[0];
    private PeerName peerName = new PeerName(new byte[0]);
    private int answeredIdentifier;
    private String refusal = "";

    /** What the peer may say next. */
    private enum Awaited {
        /** An answer to the challenge. */
        RESPONSE,
        /** Another answer, or that there is none. */
        RETRY,
        /** A new password, or that there is none. */
        NEW_PASSWORD,
        /** That it has seen the Success. */
        SUCCESS,
        /** That it has seen the Failure. */
        FAILURE
    }

    /**
     * A method that has not started.
     *
     * @param name ours, in the Challenge
     * @param tries shared by all logins of the link
     * @param entropy must be unpredictable: it makes the challenges
     */
    MsChapV2ServerMethod(String name, LoginTries tries, RandomGenerator entropy) {
        this.name = new ChallengerName(name);
        this.tries = tries;
        this.entropy = entropy;
    }

    @Override
    public EapMethod method() {
        return EapMethod.MS_CHAP_V2;
    }

    @Override
    public Step start(int identifier) {
        challenge = newChallenge();
        byte[] data = name.challenge(challenge);
        return new Step.Ask(
                new MsChapV2Packet(MsChapV2Packet.CHALLENGE, identifier, data).encode());
    }

    @Override
    public Step receive(int identifier, byte[] data) {
        return MsChapV2Packet.decode(data).map(this::receive).orElseGet(Step.Ignore::new);
    }

    private Step receive(MsChapV2Packet packet) {
        return switch (awaited) {
            case RESPONSE -> receiveResponse(packet);
            case RETRY ->
                    packet.operation() == MsChapV2Packet.FAILURE
                            ? new Step.Refuse(refusal)
                            : receiveResponse(packet);
            case NEW_PASSWORD ->
                    packet.operation() == MsChapV2Packet.FAILURE
                            ? new Step.Refuse(refusal)
                            : receiveNewPassword(packet);
            case SUCCESS ->
                    packet.operation() == MsChapV2Packet.SUCCESS
                            ? new Step.Grant()
                            : new Step.Ignore();
            case FAILURE ->
                    packet.operation() == MsChapV2Packet.FAILURE
                            ? new Step.Refuse(refusal)
                            : new Step.Ignore();
        };
    }

    private Step receiveResponse(MsChapV2Packet packet) {
        Optional<MsChapV2Request> response =
                packet.operation() == MsChapV2Packet.RESPONSE
                        ? MsChapV2Request.decode(packet.data(), challenge)
                        : Optional.empty();
        if (response.isEmpty()) {
            return new Step.Ignore();
        }
        peerName = response.get().peerName();
        answeredIdentifier = packet.identifier();
        return new Step.Decide(new EapRequest(method().label(), response.get()));
    }

    private Step receiveNewPassword(MsChapV2Packet packet) {
        Optional<ChangePasswordRequest> request =
                packet.operation() == MsChapV2Packet.CHANGE_PASSWORD
                        ? ChangePasswordRequest.decode(packet.data(), peerName, challenge)
                        : Optional.empty();
        if (request.isEmpty()) {
            return new Step.Ignore();
        }
        answeredIdentifier = packet.identifier();
        return new Step.Decide(new EapRequest(method().label(), request.get()));
    }

    @Override
    public Step decided(
            AuthenticationRequest request, AuthenticationResult result, int identifier) {
        return switch (result) {
            case AuthenticationResult.Accepted accepted -> {
                awaited = Awaited.SUCCESS;
                yield new Step.Ask(verdict(MsChapV2Packet.SUCCESS, accepted.successMessage()));
            }
            case AuthenticationResult.Rejected(FailureCode code) -> refuse(code);
        };
    }

    /** The draft has the password changed on a Failure that allows another try. */
    private Step refuse(FailureCode code) {
        refusal = "login refused, E=" + code.number();
        challenge = newChallenge();
        boolean mayChange = code == FailureCode.PASSWORD_EXPIRED;
        boolean mayRetry =
                mayChange || (code == FailureCode.AUTHENTICATION_FAILURE && tries.spend());
        byte[] data =
                verdict(
                        MsChapV2Packet.FAILURE,
                        FailureMessage.encode(code, mayRetry, challenge, CHANGE_VERSION));
        if (!mayRetry) {
            awaited = Awaited.FAILURE;
            return new Step.Ask(data);
        }
        awaited = mayChange ? Awaited.NEW_PASSWORD : Awaited.RETRY;
        // Only who knows the old password gets more time: a guess must not hold a session's place.
        return mayChange ? new Step.AskUser(data) : new Step.Ask(data);
    }

    private byte[] verdict(int operation, String message) {
        return new MsChapV2Packet(operation, answeredIdentifier, message.getBytes(US_ASCII))
                .encode();
    }

    @Override
    public Step computed(int identifier) {
        return new Step.Ignore();
    }

    private byte[] newChallenge() {
        byte[] octets = new byte[MsChapV2.CHALLENGE_OCTETS];
        entropy.nextBytes(octets);
        return octets;
    }
}
