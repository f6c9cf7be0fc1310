package dev.pptpd.ppp.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pptpd.mppe.MppeKeys;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The arithmetic of MS-CHAPv2, for the one who asks ({@link #verify}) and for the one who answers
 * ({@link #respond}, {@link #isProvenBy}, {@link #clientStartKeys}). Pure; any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8 RFC 2759 section 8
 */
public final class MsChapV2 {
    /** Length of a challenge in octets, of either side. */
    public static final int CHALLENGE_OCTETS = 16;

    /** Length of an NT-Response in octets. */
    public static final int NT_RESPONSE_OCTETS = 24;

    private static final int CHALLENGE_HASH_OCTETS = 8;
    private static final int DES_KEYS = 3;

    /** Magic1 of the RFC. */
    private static final byte[] SIGNING_TEXT =
            "Magic server to client signing constant".getBytes(US_ASCII);

    /** Magic2 of the RFC. */
    private static final byte[] ITERATION_TEXT =
            "Pad to make it do more than one iteration".getBytes(US_ASCII);

    private static final String AUTHENTICATOR_RESPONSE_PREFIX = "S=";
    private static final int AUTHENTICATOR_RESPONSE_CHARACTERS =
            AUTHENTICATOR_RESPONSE_PREFIX.length() + 40;

    private MsChapV2() {}

    /** Decides a login: whether the one who sent {@code request} knows the password. */
    public static AuthenticationResult verify(
            MsChapV2Request request, NtPasswordHash passwordHash) {
        byte[] expected = ntResponse(challengeHash(request), passwordHash);
        if (!MessageDigest.isEqual(expected, request.ntResponse())) {
            return new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
        }
        return new AuthenticationResult.Accepted(
                authenticatorResponse(request, passwordHash),
                Optional.of(startKeys(MppeKeys::ofServer, request, passwordHash)),
                request.peerName());
    }

    /**
     * The client's answer to a challenge.
     *
     * @param authenticatorChallenge from the Challenge, {@value #CHALLENGE_OCTETS} octets
     * @param peerChallenge fresh random octets, {@value #CHALLENGE_OCTETS}
     */
    public static MsChapV2Request respond(
            PeerName peerName,
            byte[] authenticatorChallenge,
            byte[] peerChallenge,
            NtPasswordHash passwordHash) {
        byte[] challengeHash = challengeHash(peerName, authenticatorChallenge, peerChallenge);
        return new MsChapV2Request(
                peerName,
                authenticatorChallenge,
                peerChallenge,
                ntResponse(challengeHash, passwordHash));
    }

    /**
     * Whether the text of a Success packet proves that the server knows the password too. A client
     * goes no further when it does not.
     *
     * @param successMessage {@code S=}, 40 hex digits in upper case, and whatever may follow
     * @param request what {@link #respond} answered
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.8 RFC 2759 section 8.8
     */
    public static boolean isProvenBy(
            String successMessage, MsChapV2Request request, NtPasswordHash passwordHash) {
        if (successMessage.length() < AUTHENTICATOR_RESPONSE_CHARACTERS) {
            return false;
        }
        String received = successMessage.substring(0, AUTHENTICATOR_RESPONSE_CHARACTERS);
        return MessageDigest.isEqual(
                authenticatorResponse(request, passwordHash).getBytes(US_ASCII),
                received.getBytes(US_ASCII));
    }

    /** The MPPE start keys of the client after a login with {@code request}. */
    public static MppeStartKeys clientStartKeys(
            MsChapV2Request request, NtPasswordHash passwordHash) {
        return startKeys(MppeKeys::ofClient, request, passwordHash);
    }

    private static MppeStartKeys startKeys(
            BiFunction<byte[], byte[], MppeStartKeys> side,
            MsChapV2Request request,
            NtPasswordHash passwordHash) {
        byte[] hashed = passwordHash.hashed();
        MppeStartKeys keys = side.apply(hashed, request.ntResponse());
        Arrays.fill(hashed, (byte) 0);
        return keys;
    }

    /**
     * {@code S=} and 40 hex digits.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.7 RFC 2759 section 8.7
     */
    static String authenticatorResponse(MsChapV2Request request, NtPasswordHash passwordHash) {
        byte[] hashed = passwordHash.hashed();
        byte[] signed = sha1(hashed, request.ntResponse(), SIGNING_TEXT);
        Arrays.fill(hashed, (byte) 0);
        byte[] digest = sha1(signed, challengeHash(request), ITERATION_TEXT);
        return AUTHENTICATOR_RESPONSE_PREFIX + HexFormat.of().withUpperCase().formatHex(digest);
    }

    private static byte[] challengeHash(MsChapV2Request request) {
        return challengeHash(
                request.peerName(), request.authenticatorChallenge(), request.peerChallenge());
    }

    /**
     * Both challenges and the name in the 8 octets that are answered.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.2 RFC 2759 section 8.2
     */
    static byte[] challengeHash(
            PeerName peerName, byte[] authenticatorChallenge, byte[] peerChallenge) {
        byte[] digest = sha1(peerChallenge, authenticatorChallenge, peerName.octetsWithoutDomain());
        return Arrays.copyOf(digest, CHALLENGE_HASH_OCTETS);
    }

    /**
     * ChallengeResponse of the RFC: 8 octets under three DES keys cut from the password hash.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.5 RFC 2759 section 8.5
     */
    static byte[] ntResponse(byte[] challengeHash, NtPasswordHash passwordHash) {
        byte[] hash = passwordHash.octets();
        byte[] keys = Arrays.copyOf(hash, DES_KEYS * DesKey.PACKED_OCTETS);
        byte[] response = new byte[NT_RESPONSE_OCTETS];
        for (int n = 0; n < DES_KEYS; n++) {
            int from = n * DesKey.PACKED_OCTETS;
            byte[] key = Arrays.copyOfRange(keys, from, from + DesKey.PACKED_OCTETS);
            DesKey.encrypt(key, challengeHash, response, n * DesKey.BLOCK_OCTETS);
            Arrays.fill(key, (byte) 0);
        }
        Arrays.fill(hash, (byte) 0);
        Arrays.fill(keys, (byte) 0);
        return response;
    }

    private static byte[] sha1(byte[] first, byte[] second, byte[] third) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(first);
            sha1.update(second);
            sha1.update(third);
            return sha1.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
