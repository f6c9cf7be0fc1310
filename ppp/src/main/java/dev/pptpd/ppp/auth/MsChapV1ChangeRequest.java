package dev.pptpd.ppp.auth;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a peer of MS-CHAPv1 sends when it was told that its password has expired: version 2 of the
 * packet. The name is that of the Response before it, since the packet has none. What is in it of
 * LAN Manager is neither sent nor looked at. The arrays are the request's own and are not changed.
 *
 * @param peerName the Name field of the Response that was refused
 * @param challenge 8 octets: what that Response answered
 * @param encryptedPassword 516 octets: the new password under the NT hash of the old one
 * @param encryptedHash 16 octets: the NT hash of the old password under that of the new one
 * @param ntResponse 24 octets, made with the new password
 * @param usesNtResponse bit 0 of the flags: without it the peer knows LAN Manager only
 * @spec https://www.rfc-editor.org/rfc/rfc2433#section-10 RFC 2433 section 10
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record MsChapV1ChangeRequest(
        PeerName peerName,
        byte[] challenge,
        byte[] encryptedPassword,
        byte[] encryptedHash,
        byte[] ntResponse,
        boolean usesNtResponse)
        implements ChangesPassword {
    /** Octets behind the header of the packet. */
    public static final int DATA_OCTETS = 1_114;

    // Specification
    private static final int LM_BLOCK_OCTETS = PasswordBlock.OCTETS + NtPasswordHash.OCTETS;
    private static final int LM_RESPONSE_OCTETS = 24;
    private static final short USE_NT_RESPONSE = 1;

    /**
     * Reads the data of the packet. Empty when the length is wrong.
     *
     * @param challenge what the Response before it answered; copied
     */
    public static Optional<MsChapV1ChangeRequest> decode(
            byte[] data, PeerName peerName, byte[] challenge) {
        if (data.length != DATA_OCTETS) {
            return Optional.empty();
        }
        byte[] encryptedPassword = new byte[PasswordBlock.OCTETS];
        byte[] encryptedHash = new byte[NtPasswordHash.OCTETS];
        byte[] ntResponse = new byte[MsChapV2.NT_RESPONSE_OCTETS];
        ByteBuffer in = ByteBuffer.wrap(data);
        in.get(encryptedPassword).get(encryptedHash);
        in.position(in.position() + LM_BLOCK_OCTETS + LM_RESPONSE_OCTETS).get(ntResponse);
        boolean usesNtResponse = (in.getShort() & USE_NT_RESPONSE) != 0;
        return Optional.of(
                new MsChapV1ChangeRequest(
                        peerName,
                        challenge.clone(),
                        encryptedPassword,
                        encryptedHash,
                        ntResponse,
                        usesNtResponse));
    }

    /** The data of the packet. */
    public byte[] encode() {
        return ByteBuffer.allocate(DATA_OCTETS)
                .put(encryptedPassword)
                .put(encryptedHash)
                .put(new byte[LM_BLOCK_OCTETS])
                .put(new byte[LM_RESPONSE_OCTETS])
                .put(ntResponse)
                .putShort(usesNtResponse ? USE_NT_RESPONSE : 0)
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.MS_CHAP_V1.label();
    }

    /** Keys of 40 and 56 bits come from the password itself, and so the hash does not do. */
    @Override
    public AuthenticationResult verifyLogin(char[] newPassword) {
        KnownPassword known = KnownPassword.ofCharacters(newPassword);
        AuthenticationResult result = MsChapV1.verify(login(), known);
        known.wipe();
        return result;
    }

    private MsChapV1Request login() {
        return new MsChapV1Request(peerName, challenge, ntResponse, usesNtResponse);
    }

    /** Never the challenge, the response or what is encrypted. */
    @Override
    public String toString() {
        return "MsChapV1ChangeRequest[" + peerName + "]";
    }
}
