package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.auth.AuthenticationResult.FailureCode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Authenticate-Request of PAP: a name and a password as they are. The array is the request's
 * own; {@link PapServer} wipes it once the login is decided.
 *
 * @param peerName the Peer-Id, at most 255 octets
 * @param password at most 255 octets
 * @spec https://www.rfc-editor.org/rfc/rfc1334#section-2.2.1 RFC 1334 section 2.2.1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lives for one login
public record PapRequest(PeerName peerName, byte[] password) implements AuthenticationRequest {
    /** The largest length that one octet tells. */
    static final int MAX_FIELD_OCTETS = 255;

    /**
     * Reads the data of an Authenticate-Request: Peer-ID-Length, Peer-Id, Passwd-Length, Password.
     * What follows is padding. Empty when a length reaches beyond the data.
     */
    static Optional<PapRequest> decode(byte[] data) {
        int nameEnd = endOfField(data, 0);
        int passwordEnd = nameEnd < 0 ? -1 : endOfField(data, nameEnd);
        if (passwordEnd < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new PapRequest(
                        new PeerName(Arrays.copyOfRange(data, 1, nameEnd)),
                        Arrays.copyOfRange(data, nameEnd + 1, passwordEnd)));
    }

    /** Where the field ends whose length stands at an index; negative when it is cut. */
    private static int endOfField(byte[] data, int at) {
        if (at >= data.length) {
            return -1;
        }
        int end = at + 1 + (data[at] & 0xFF);
        return end <= data.length ? end : -1;
    }

    /** The data of an Authenticate-Request, which holds the password: for the caller to wipe. */
    byte[] encode() {
        byte[] name = peerName.octets();
        return ByteBuffer.allocate(2 + name.length + password.length)
                .put((byte) name.length)
                .put(name)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    @Override
    public String method() {
        return LoginMethod.PAP.label();
    }

    @Override
    public AuthenticationResult verify(KnownPassword known) {
        return matches(known)
                ? new AuthenticationResult.Accepted("", Optional.empty(), peerName)
                : new AuthenticationResult.Rejected(FailureCode.AUTHENTICATION_FAILURE);
    }

    private boolean matches(KnownPassword known) {
        Optional<byte[]> text = known.text();
        if (text.isPresent()) {
            boolean same = MessageDigest.isEqual(text.get(), password);
            Arrays.fill(text.get(), (byte) 0);
            return same;
        }
        KnownPassword given = KnownPassword.ofText(password);
        boolean same = given.ntHash().equals(known.ntHash());
        given.wipe();
        return same;
    }

    /** Overwrites the password. */
    void wipe() {
        Arrays.fill(password, (byte) 0);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "PapRequest[" + peerName + "]";
    }
}
