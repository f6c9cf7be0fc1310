package dev.pptpd.ppp.auth;

import java.nio.CharBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The arithmetic of a change of password, for the one who asks for it ({@link #request}) and for
 * the one who keeps the passwords ({@link #newPassword}). Pure; any thread.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.9 RFC 2759 sections 8.9 to 8.13
 * @spec https://www.rfc-editor.org/rfc/rfc2433#appendix-A RFC 2433 sections A.11 to A.14
 */
public final class PasswordChange {
    /** The most characters (UTF-16 units) that a new password can have. */
    public static final int MAX_PASSWORD_CHARACTERS = PasswordBlock.MAX_PASSWORD_CHARACTERS;

    private PasswordChange() {}

    /**
     * The client's demand.
     *
     * @param authenticatorChallenge from {@code C=} of the Failure, 16 octets
     * @param newPassword at most {@value #MAX_PASSWORD_CHARACTERS} characters; left to the caller
     * @param entropy must be unpredictable: it makes the peer challenge and fills the password up
     */
    public static ChangePasswordRequest request(
            PeerName peerName,
            byte[] authenticatorChallenge,
            NtPasswordHash oldHash,
            CharSequence newPassword,
            RandomGenerator entropy) {
        byte[] peerChallenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        entropy.nextBytes(peerChallenge);
        byte[] encryptedPassword = PasswordBlock.encrypt(newPassword, oldHash, entropy);
        NtPasswordHash newHash = NtPasswordHash.ofPassword(newPassword);
        MsChapV2Request login =
                MsChapV2.respond(peerName, authenticatorChallenge, peerChallenge, newHash);
        byte[] encryptedHash = encryptedHash(oldHash, newHash);
        newHash.wipe();
        return new ChangePasswordRequest(
                peerName,
                authenticatorChallenge.clone(),
                encryptedPassword,
                encryptedHash,
                peerChallenge,
                login.ntResponse());
    }

    /**
     * The same demand of a client of MS-CHAPv1.
     *
     * @param challenge what the refused Response answered, 8 octets
     */
    public static MsChapV1ChangeRequest requestOfV1(
            PeerName peerName,
            byte[] challenge,
            NtPasswordHash oldHash,
            CharSequence newPassword,
            RandomGenerator entropy) {
        byte[] encryptedPassword = PasswordBlock.encrypt(newPassword, oldHash, entropy);
        NtPasswordHash newHash = NtPasswordHash.ofPassword(newPassword);
        byte[] ntResponse = MsChapV2.ntResponse(challenge, newHash);
        byte[] encryptedHash = encryptedHash(oldHash, newHash);
        newHash.wipe();
        return new MsChapV1ChangeRequest(
                peerName, challenge.clone(), encryptedPassword, encryptedHash, ntResponse, true);
    }

    /**
     * The new password, for the caller to wipe. Empty unless all parts fit together: the one who
     * asks knows the old password, and the new one arrived as it was sent.
     */
    public static Optional<char[]> newPassword(ChangesPassword request, NtPasswordHash oldHash) {
        Optional<char[]> password = PasswordBlock.decrypt(request.encryptedPassword(), oldHash);
        if (password.isPresent() && !fits(password.get(), request, oldHash)) {
            Arrays.fill(password.get(), '\0');
            return Optional.empty();
        }
        return password;
    }

    private static boolean fits(char[] password, ChangesPassword request, NtPasswordHash oldHash) {
        NtPasswordHash newHash = NtPasswordHash.ofPassword(CharBuffer.wrap(password));
        byte[] expected = encryptedHash(oldHash, newHash);
        newHash.wipe();
        return MessageDigest.isEqual(expected, request.encryptedHash());
    }

    /**
     * OldNtPasswordHashEncryptedWithNewNtPasswordHash of the RFC: two blocks of DES.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc2759#section-8.12 RFC 2759 section 8.12
     */
    static byte[] encryptedHash(NtPasswordHash oldHash, NtPasswordHash newHash) {
        byte[] clear = oldHash.octets();
        byte[] keys = newHash.octets();
        byte[] encrypted = new byte[NtPasswordHash.OCTETS];
        for (int n = 0; n < NtPasswordHash.OCTETS / DesKey.BLOCK_OCTETS; n++) {
            int keyAt = n * DesKey.PACKED_OCTETS;
            int blockAt = n * DesKey.BLOCK_OCTETS;
            byte[] key = Arrays.copyOfRange(keys, keyAt, keyAt + DesKey.PACKED_OCTETS);
            byte[] block = Arrays.copyOfRange(clear, blockAt, blockAt + DesKey.BLOCK_OCTETS);
            DesKey.encrypt(key, block, encrypted, blockAt);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
        Arrays.fill(clear, (byte) 0);
        Arrays.fill(keys, (byte) 0);
        return encrypted;
    }
}
