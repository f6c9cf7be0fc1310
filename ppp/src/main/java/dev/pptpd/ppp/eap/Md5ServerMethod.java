package dev.pptpd.ppp.eap;

import dev.pptpd.ppp.auth.AuthenticationRequest;
import dev.pptpd.ppp.auth.AuthenticationResult;
import dev.pptpd.ppp.auth.ChallengerName;
import dev.pptpd.ppp.auth.ChapMd5Request;
import dev.pptpd.ppp.auth.EapRequest;
import dev.pptpd.ppp.auth.PeerName;
import java.util.random.RandomGenerator;

/**
 * The authenticator of MD5-Challenge. Who logs in is the identity: the Name of the Response says
 * the same, or nothing at all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5.4 RFC 3748 section 5.4
 */
final class Md5ServerMethod implements ServerMethod {
    private static final int CHALLENGE_OCTETS = 16;

    private final ChallengerName name;
    private final PeerName identity;
    private final byte[] challenge = new byte[CHALLENGE_OCTETS];

    /**
     * A method that has not started.
     *
     * @param name ours, in the Challenge
     * @param identity who the peer says it is
     * @param entropy must be unpredictable: it makes the challenge
     */
    Md5ServerMethod(String name, PeerName identity, RandomGenerator entropy) {
        this.name = new ChallengerName(name);
        this.identity = identity;
        entropy.nextBytes(challenge);
    }

    @Override
    public EapMethod method() {
        return EapMethod.MD5;
    }

    @Override
    public Step start(int identifier) {
        return new Step.Ask(name.challenge(challenge));
    }

    @Override
    public Step receive(int identifier, byte[] data) {
        return ChapMd5Request.decode(identifier, data, challenge)
                .<Step>map(response ->
                        new Step.Decide(
                                new EapRequest(
                                        method().label(),
                                        new ChapMd5Request(
                                                identity,
                                                identifier,
                                                response.challenge(),
                                                response.response()))))
                .orElseGet(Step.Ignore::new);
    }

    @Override
    public Step decided(
            AuthenticationRequest request, AuthenticationResult result, int identifier) {
        return switch (result) {
            case AuthenticationResult.Accepted _ -> new Step.Grant();
            case AuthenticationResult.Rejected rejected ->
                    new Step.Refuse("login refused, E=" + rejected.code().number());
        };
    }

    @Override
    public Step computed(int identifier) {
        return new Step.Ignore();
    }
}
