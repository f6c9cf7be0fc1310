package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A Response to a Challenge of CHAP with MD5. The arrays are the request's own and are not changed.
 *
 * @param peerName the Name field of the Response
 * @param identifier of the Challenge and the Response, 0..255
 * @param challenge 1 to 255 octets
 * @param response 16 octets
 * @spec https://www.rfc-editor.org/rfc/rfc1994#section-4.1 RFC 1994 section 4.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record ChapMd5Request(PeerName peerName, int identifier, byte[] challenge, byte[] response)
        implements AuthenticationRequest {
    /** Length of a Response's value in octets. */
    static final int VALUE_OCTETS = 16;

    private static final int MAX_NAME_OCTETS = 256;

    /** Reads the data of a Response packet: Value-Size, value, name. Empty for a wrong length. */
    public static Optional<ChapMd5Request> decode(int identifier, byte[] data, byte[] challenge) {
        int nameOctets = data.length - 1 - VALUE_OCTETS;
        if (nameOctets < 0 || nameOctets > MAX_NAME_OCTETS || data[0] != VALUE_OCTETS) {
            return Optional.empty();
        }
        return Optional.of(
                new ChapMd5Request(
                        new PeerName(Arrays.copyOfRange(data, 1 + VALUE_OCTETS, data.length)),
                        identifier,
                        challenge.clone(),
                        Arrays.copyOfRange(data, 1, 1 + VALUE_OCTETS)));
    }

    /** The client's answer to a challenge; empty where it knows no more than a hash. */
    public static Optional<ChapMd5Request> respond(
            PeerName peerName, int identifier, byte[] challenge, KnownPassword password) {
        return password.text()
                .map(text ->
                        new ChapMd5Request(
                                peerName,
                                identifier,
                                challenge,
                                digestAndWipe(identifier, text, challenge)));
    }

    /** The data of a Response packet. */
    public byte[] encode() {
        byte[] name = peerName.octets();
        return ByteBuffer.allocate(1 + VALUE_OCTETS + name.length)
                .put((byte) VALUE_OCTETS)
                .put(response)
                .put(name)
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.CHAP_MD5.label();
    }

    /** MD5 goes over the password itself: a stored hash decides nothing here. */
    @Override
    public boolean isDecidableBy(KnownPassword password) {
        return password.hasText();
    }

    @Override
    public AuthenticationResult verify(KnownPassword password) {
        byte[] text = password.text().orElseGet(() -> new byte[0]);
        byte[] expected = digestAndWipe(identifier, text, challenge);
        boolean matches = MessageDigest.isEqual(expected, response);
        return matches && password.hasText()
                ? new AuthenticationResult.Accepted("", Optional.empty(), peerName)
                : new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
    }

    private static byte[] digestAndWipe(int identifier, byte[] password, byte[] challenge) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(password);
            md5.update(challenge);
            return md5.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** Never the challenge or the response. */
    @Override
    public String toString() {
        return "ChapMd5Request[" + peerName + "]";
    }
}
