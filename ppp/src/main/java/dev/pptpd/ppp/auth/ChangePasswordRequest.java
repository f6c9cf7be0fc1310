package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Optional;

/**
 * What a peer sends when it was told that its password has expired. The name is that of the
 * Response before it, since the packet has none. The arrays are the request's own and are not
 * changed.
 *
 * @param peerName the Name field of the Response that was refused
 * @param authenticatorChallenge 16 octets, from {@code C=} of the Failure
 * @param encryptedPassword 516 octets: the new password under the hash of the old one
 * @param encryptedHash 16 octets: the hash of the old password under that of the new one
 * @param peerChallenge 16 octets, of the one who answers
 * @param ntResponse 24 octets, made with the new password
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-7 RFC 2759 section 7
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record ChangePasswordRequest(
        PeerName peerName,
        byte[] authenticatorChallenge,
        byte[] encryptedPassword,
        byte[] encryptedHash,
        byte[] peerChallenge,
        byte[] ntResponse)
        implements ChangesPassword {
    /** Octets behind the header of a Change-Password packet. */
    public static final int DATA_OCTETS = 582;

    // Specification
    private static final int RESERVED_OCTETS = 8;
    private static final int FLAGS_OCTETS = 2;

    /**
     * Reads the data of a Change-Password packet. Empty when the length is wrong.
     *
     * @param authenticatorChallenge what it answers; copied
     */
    public static Optional<ChangePasswordRequest> decode(
            byte[] data, PeerName peerName, byte[] authenticatorChallenge) {
        if (data.length != DATA_OCTETS) {
            return Optional.empty();
        }
        byte[] encryptedPassword = new byte[PasswordBlock.OCTETS];
        byte[] encryptedHash = new byte[NtPasswordHash.OCTETS];
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        byte[] ntResponse = new byte[MsChapV2.NT_RESPONSE_OCTETS];
        ByteBuffer in = ByteBuffer.wrap(data);
        in.get(encryptedPassword).get(encryptedHash).get(peerChallenge);
        in.position(in.position() + RESERVED_OCTETS).get(ntResponse);
        return Optional.of(
                new ChangePasswordRequest(
                        peerName,
                        authenticatorChallenge.clone(),
                        encryptedPassword,
                        encryptedHash,
                        peerChallenge,
                        ntResponse));
    }

    /** The data of a Change-Password packet. */
    public byte[] encode() {
        return ByteBuffer.allocate(DATA_OCTETS)
                .put(encryptedPassword)
                .put(encryptedHash)
                .put(peerChallenge)
                .put(new byte[RESERVED_OCTETS])
                .put(ntResponse)
                .put(new byte[FLAGS_OCTETS])
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.MS_CHAP_V2.label();
    }

    @Override
    public AuthenticationResult verifyLogin(char[] newPassword) {
        NtPasswordHash newHash = NtPasswordHash.ofPassword(CharBuffer.wrap(newPassword));
        AuthenticationResult result = MsChapV2.verify(login(), newHash);
        newHash.wipe();
        return result;
    }

    /** The login with the new password that is in it. */
    public MsChapV2Request login() {
        return new MsChapV2Request(peerName, authenticatorChallenge, peerChallenge, ntResponse);
    }

    /** Never the challenges, the response or what is encrypted. */
    @Override
    public String toString() {
        return "ChangePasswordRequest[" + peerName + "]";
    }
}
