package dev.pptpd.ppp.auth;

import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import dev.pptpd.ppp.packet.ControlPacket;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the forms of CHAP differ in, for {@link ChapServer} and {@link ChapClient}, which do the
 * rest.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-3 RFC 1994 section 3
 */
public enum ChapAlgorithm {
    /** Algorithm 0x81. */
    MS_CHAP_V2(LoginMethod.MS_CHAP_V2, MsChapV2.CHALLENGE_OCTETS, 3) {
        @Override
        Optional<AuthenticationRequest> decode(int identifier, byte[] challenge, byte[] data) {
            return MsChapV2Request.decode(data, challenge).map(request -> request);
        }

        @Override
        Optional<AuthenticationRequest> decodeChange(
                ControlPacket packet, PeerName name, byte[] challenge) {
            return packet.code() == ChapCode.CHANGE_PASSWORD
                    ? ChangePasswordRequest.decode(packet.data(), name, challenge)
                            .map(request -> request)
                    : Optional.empty();
        }

        @Override
        Optional<Change> change(
                PeerName name,
                FailureMessage failure,
                byte[] answered,
                ClientPassword password,
                RandomGenerator entropy) {
            return password.change(name, failure, entropy)
                    .map(request ->
                            new Change(
                                    ChapCode.CHANGE_PASSWORD,
                                    request.encode(),
                                    new MsChapV2Answer(
                                            request.login(), password.known().ntHash())));
        }

        @Override
        Answer answer(
                PeerName name,
                int identifier,
                byte[] challenge,
                KnownPassword password,
                RandomGenerator entropy) {
            byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
            entropy.nextBytes(peerChallenge);
            return new MsChapV2Answer(
                    MsChapV2.respond(name, challenge, peerChallenge, password.ntHash()),
                    password.ntHash());
        }
    },

    /** Algorithm 0x80. */
    MS_CHAP_V1(LoginMethod.MS_CHAP_V1, MsChapV1.CHALLENGE_OCTETS, 2) {
        @Override
        Optional<AuthenticationRequest> decode(int identifier, byte[] challenge, byte[] data) {
            return MsChapV1Request.decode(data, challenge).map(request -> request);
        }

        @Override
        boolean keepsChallengeForChange() {
            return true;
        }

        @Override
        Optional<AuthenticationRequest> decodeChange(
                ControlPacket packet, PeerName name, byte[] challenge) {
            return packet.code() == ChapCode.CHANGE_PASSWORD_OF_V1
                    ? MsChapV1ChangeRequest.decode(packet.data(), name, challenge)
                            .map(request -> request)
                    : Optional.empty();
        }

        @Override
        Optional<Change> change(
                PeerName name,
                FailureMessage failure,
                byte[] answered,
                ClientPassword password,
                RandomGenerator entropy) {
            return password.changeOfV1(name, failure, answered, entropy)
                    .map(request ->
                            new Change(
                                    ChapCode.CHANGE_PASSWORD_OF_V1,
                                    request.encode(),
                                    new UnprovenAnswer(
                                            request.encode(),
                                            Optional.of(
                                                    MsChapV1.startKeys(
                                                            answered, password.known())))));
        }

        @Override
        Answer answer(
                PeerName name,
                int identifier,
                byte[] challenge,
                KnownPassword password,
                RandomGenerator entropy) {
            return new UnprovenAnswer(
                    MsChapV1.respond(name, challenge, password).encode(),
                    Optional.of(MsChapV1.startKeys(challenge, password)));
        }
    },

    /** Algorithm 5. */
    MD5(LoginMethod.CHAP_MD5, ChapMd5Request.VALUE_OCTETS, 0) {
        @Override
        boolean takesChallengeOf(int octets) {
            return octets > 0;
        }

        @Override
        Optional<AuthenticationRequest> decode(int identifier, byte[] challenge, byte[] data) {
            return ChapMd5Request.decode(identifier, data, challenge).map(request -> request);
        }

        @Override
        Answer answer(
                PeerName name,
                int identifier,
                byte[] challenge,
                KnownPassword password,
                RandomGenerator entropy) {
            ChapMd5Request request =
                    ChapMd5Request.respond(name, identifier, challenge, password)
                            .orElseThrow(() -> new IllegalStateException("MD5 needs a password"));
            return new UnprovenAnswer(request.encode(), Optional.empty());
        }
    };

    private final LoginMethod method;
    private final int challengeOctets;
    private final int failureVersion;

    /**
     * @param failureVersion of the text in a Failure, and of the change of password that it offers;
     *     0 for neither
     */
    ChapAlgorithm(LoginMethod method, int challengeOctets, int failureVersion) {
        this.method = method;
        this.challengeOctets = challengeOctets;
        this.failureVersion = failureVersion;
    }

    /** A client's answer to one challenge. */
    interface Answer {
        /** The data of the Response packet. */
        byte[] encode();

        /** Whether the text of a Success packet is what a server that knows the password sends. */
        boolean isProvenBy(String successMessage);

        /** The keys of the login, once it has succeeded; for the caller to wipe. */
        Optional<MppeStartKeys> startKeys();
    }

    /**
     * A client's demand for another password. The array is its own and is not changed.
     *
     * @param code of the packet
     * @param data of the packet
     * @param answer what a Success to it has to prove
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once
    record Change(int code, byte[] data, Answer answer) {}

    /** The login that this is. */
    LoginMethod method() {
        return method;
    }

    /** Length of the challenges that a server makes, in octets. */
    int challengeOctets() {
        return challengeOctets;
    }

    /** Whether a client takes a challenge of this length, in octets. */
    boolean takesChallengeOf(int octets) {
        return octets == challengeOctets;
    }

    /** Reads the data of a Response packet; empty when a length is wrong. */
    abstract Optional<AuthenticationRequest> decode(int identifier, byte[] challenge, byte[] data);

    /** Whether a Failure can carry another challenge. */
    boolean allowsRetry() {
        return failureVersion != 0;
    }

    /** The text of a Failure packet. */
    String failure(FailureCode code, boolean mayRetry, byte[] nextChallenge) {
        return failureVersion == 0
                ? ""
                : FailureMessage.encode(code, mayRetry, nextChallenge, failureVersion);
    }

    /** Reads a packet that asks for another password; empty for others, and for most forms. */
    Optional<AuthenticationRequest> decodeChange(
            ControlPacket packet, PeerName name, byte[] challenge) {
        return Optional.empty();
    }

    /** Whether {@link #decodeChange} ever finds anything. */
    boolean changesPasswords() {
        return failureVersion != 0;
    }

    /** Whether another password is to come with an answer to the challenge that stands. */
    boolean keepsChallengeForChange() {
        return false;
    }

    /**
     * What a client sends on a Failure that asks for another password, where it has one.
     *
     * @param answered the challenge of the Response that was refused
     */
    Optional<Change> change(
            PeerName name,
            FailureMessage failure,
            byte[] answered,
            ClientPassword password,
            RandomGenerator entropy) {
        return Optional.empty();
    }

    /** Answers a challenge whose length {@link #takesChallengeOf} has found good. */
    abstract Answer answer(
            PeerName name,
            int identifier,
            byte[] challenge,
            KnownPassword password,
            RandomGenerator entropy);

    /** An answer to a server that proves nothing by its Success. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
    private record UnprovenAnswer(byte[] encode, Optional<MppeStartKeys> startKeys)
            implements Answer {
        @Override
        public boolean isProvenBy(String successMessage) {
            return true;
        }
    }

    private record MsChapV2Answer(MsChapV2Request request, NtPasswordHash hash) implements Answer {
        @Override
        public byte[] encode() {
            return request.encode();
        }

        @Override
        public boolean isProvenBy(String successMessage) {
            return MsChapV2.isProvenBy(successMessage, request, hash);
        }

        @Override
        public Optional<MppeStartKeys> startKeys() {
            return Optional.of(MsChapV2.clientStartKeys(request, hash));
        }
    }
}
