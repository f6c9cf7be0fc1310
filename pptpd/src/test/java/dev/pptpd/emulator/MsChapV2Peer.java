package dev.pptpd.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of MS-CHAPv2 for one challenge, and the MPPE start keys that follow from it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8 RFC 2759 section 8
 * @spec https://www.rfc-editor.org/rfc/rfc3079#section-3 RFC 3079 section 3
 */
final class MsChapV2Peer {
    private static final String SIGNING = "Magic server to client signing constant";
    private static final String ITERATION = "Pad to make it do more than one iteration";
    private static final String MASTER = "This is the MPPE Master Key";
    private static final String CLIENT_SENDS =
            "On the client side, this is the send key; on the server side, it is the receive key.";
    private static final String CLIENT_RECEIVES =
            "On the client side, this is the receive key; on the server side, it is the send key.";
    private static final int KEY_LENGTH = 16;

    private final Octets peerChallenge;
    private final Octets challengeHash;
    private final Octets passwordHashHash;
    private final Octets ntResponse;

    MsChapV2Peer(String user, String password, Octets challenge, Octets peerChallenge) {
        this.peerChallenge = peerChallenge;
        String userWithoutDomain = user.substring(user.indexOf('\\') + 1);
        challengeHash = sha1(peerChallenge, challenge, ascii(userWithoutDomain)).slice(0, 8);
        Octets passwordHash = Md4.digest(Octets.of(password.getBytes(StandardCharsets.UTF_16LE)));
        passwordHashHash = Md4.digest(passwordHash);
        ntResponse = encryptByParts(challengeHash, passwordHash);
    }

    Octets ntResponse() {
        return ntResponse;
    }

    /** The value field of the Response packet, 49 octets. */
    Octets responseValue() {
        return new OctetWriter().octets(peerChallenge).zeros(8).octets(ntResponse).u8(0).toOctets();
    }

    /** What the Success message of a server that knows the password begins with. */
    String authenticatorResponse() {
        Octets inner = sha1(passwordHashHash, ntResponse, ascii(SIGNING));
        Octets proof = sha1(inner, challengeHash, ascii(ITERATION));
        return "S=" + proof.toString().toUpperCase(Locale.ROOT);
    }

    Octets sendStartKey() {
        return startKey(CLIENT_SENDS);
    }

    Octets receiveStartKey() {
        return startKey(CLIENT_RECEIVES);
    }

    private Octets startKey(String direction) {
        Octets masterKey = sha1(passwordHashHash, ntResponse, ascii(MASTER)).slice(0, KEY_LENGTH);
        return MppeKeySchedule.mix(masterKey, ascii(direction), KEY_LENGTH);
    }

    private static Octets encryptByParts(Octets challengeHash, Octets passwordHash) {
        Octets padded = passwordHash.plus(Octets.of(new byte[5]));
        return desEncrypt(padded.slice(0, 7), challengeHash)
                .plus(desEncrypt(padded.slice(7, 14), challengeHash))
                .plus(desEncrypt(padded.slice(14, 21), challengeHash));
    }

    @SuppressWarnings("InsecureCryptoUsage") // RFC 2759 says DES
    private static Octets desEncrypt(Octets key, Octets block) {
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(withParityBits(key), "DES"));
            return Octets.of(des.doFinal(block.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Spreads 56 key bits over the upper seven bits of eight octets. */
    private static byte[] withParityBits(Octets key) {
        long bits = 0;
        for (int i = 0; i < key.length(); i++) {
            bits = bits << 8 | key.u8(i);
        }
        byte[] spread = new byte[8];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = (byte) ((bits >>> (49 - 7 * i)) << 1);
        }
        return spread;
    }

    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Octets sha1(Octets... parts) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            for (Octets part : parts) {
                sha1.update(part.toArray());
            }
            return Octets.of(sha1.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
