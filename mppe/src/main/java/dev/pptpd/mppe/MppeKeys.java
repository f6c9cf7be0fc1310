package dev.pptpd.mppe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/**
 * The start keys that follow from a login by MS-CHAP.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3079#section-2.4 RFC 3079 section 2.4
 * @spec https://www.rfc-editor.org/rfc/rfc3079#section-3.4 RFC 3079 section 3.4
 */
public final class MppeKeys {
    private static final int PASSWORD_HASH_HASH_OCTETS = 16;
    private static final int NT_RESPONSE_OCTETS = 24;
    private static final int MS_CHAP_V1_CHALLENGE_OCTETS = 8;

    /** Magic1 of the RFC. */
    private static final byte[] MASTER_KEY_TEXT = ascii("This is the MPPE Master Key");

    /** Magic2 of the RFC: what the client sends and the server receives. */
    private static final byte[] CLIENT_SENDS_TEXT =
            ascii(
                    "On the client side, this is the send key; "
                            + "on the server side, it is the receive key.");

    /** Magic3 of the RFC: what the server sends and the client receives. */
    private static final byte[] SERVER_SENDS_TEXT =
            ascii(
                    "On the client side, this is the receive key; "
                            + "on the server side, it is the send key.");

    private MppeKeys() {}

    /**
     * The keys as the server uses them.
     *
     * @param passwordHashHash MD4 of the NT password hash, 16 octets; left as it is
     * @param ntResponse the NT-Response of the login, 24 octets
     */
    public static MppeStartKeys ofServer(byte[] passwordHashHash, byte[] ntResponse) {
        return startKeys(passwordHashHash, ntResponse, SERVER_SENDS_TEXT, CLIENT_SENDS_TEXT);
    }

    /**
     * The keys as the client uses them: those of the server, changed over.
     *
     * @param passwordHashHash MD4 of the NT password hash, 16 octets; left as it is
     * @param ntResponse the NT-Response of the login, 24 octets
     */
    public static MppeStartKeys ofClient(byte[] passwordHashHash, byte[] ntResponse) {
        return startKeys(passwordHashHash, ntResponse, CLIENT_SENDS_TEXT, SERVER_SENDS_TEXT);
    }

    /**
     * The keys of MS-CHAPv1, which are the same for both ends and both directions.
     *
     * @param passwordHashHash MD4 of the NT password hash, 16 octets; left as it is
     * @param challenge the challenge that was answered, 8 octets
     * @param lmPasswordHash the LAN Manager hash, 16 octets, left as it is; where it is missing
     *     there are no keys of 40 and 56 bits
     */
    public static MppeStartKeys ofMsChapV1(
            byte[] passwordHashHash, byte[] challenge, Optional<byte[]> lmPasswordHash) {
        if (passwordHashHash.length != PASSWORD_HASH_HASH_OCTETS
                || challenge.length != MS_CHAP_V1_CHALLENGE_OCTETS) {
            throw new IllegalArgumentException(
                    "a password hash-hash has 16 octets and a challenge of MS-CHAPv1 8");
        }
        byte[] start =
                cut(new Sha1().update(passwordHashHash).update(passwordHashHash).update(challenge));
        Optional<byte[]> shorter =
                lmPasswordHash.map(hash -> Arrays.copyOf(hash, MppeStartKeys.SHORT_KEY_OCTETS));
        MppeStartKeys keys = MppeStartKeys.ofBothDirections(start, shorter);
        Arrays.fill(start, (byte) 0);
        shorter.ifPresent(key -> Arrays.fill(key, (byte) 0));
        return keys;
    }

    private static MppeStartKeys startKeys(
            byte[] passwordHashHash, byte[] ntResponse, byte[] sendText, byte[] receiveText) {
        byte[] masterKey = masterKey(passwordHashHash, ntResponse);
        byte[] send = asymmetricStartKey(masterKey, sendText);
        byte[] receive = asymmetricStartKey(masterKey, receiveText);
        MppeStartKeys keys = new MppeStartKeys(send, receive);
        Arrays.fill(masterKey, (byte) 0);
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
        return keys;
    }

    /** GetMasterKey of the RFC. */
    static byte[] masterKey(byte[] passwordHashHash, byte[] ntResponse) {
        if (passwordHashHash.length != PASSWORD_HASH_HASH_OCTETS
                || ntResponse.length != NT_RESPONSE_OCTETS) {
            throw new IllegalArgumentException(
                    "a password hash-hash has 16 octets and an NT-Response 24");
        }
        return cut(new Sha1().update(passwordHashHash).update(ntResponse).update(MASTER_KEY_TEXT));
    }

    /** GetAsymmetricStartKey of the RFC for what the server sends or what it receives. */
    static byte[] asymmetricStartKey(byte[] masterKey, boolean serverSends) {
        return asymmetricStartKey(masterKey, serverSends ? SERVER_SENDS_TEXT : CLIENT_SENDS_TEXT);
    }

    private static byte[] asymmetricStartKey(byte[] masterKey, byte[] text) {
        return cut(
                new Sha1()
                        .update(masterKey)
                        .update(SessionKeyChange.PAD_1)
                        .update(text)
                        .update(SessionKeyChange.PAD_2));
    }

    private static byte[] cut(Sha1 message) {
        byte[] digest = new byte[Sha1.DIGEST_OCTETS];
        message.digest(digest);
        byte[] key = Arrays.copyOf(digest, MppeStartKeys.KEY_OCTETS);
        Arrays.fill(digest, (byte) 0);
        return key;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
