package dev.pptpd.mppe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stateless MPPE a second time, written from the RFC with nothing but the platform's ciphers, to
 * compare with. Session keys of all counts from 0 on, wrap included.
 */
final class JdkMppe {
    private final MppeStrength strength;
    private final byte[] startKey;
    private byte[] sessionKey;
    private int packets;

    JdkMppe(MppeStrength strength, byte[] startKey) {
        this.strength = strength;
        this.startKey = Arrays.copyOf(startKey, strength.keyOctets());
        this.sessionKey = reduced(newKeyFromSha(this.startKey));
    }

    /** The next packet of the sender: header and encrypted frame. */
    byte[] encrypt(byte[] frame) {
        byte[] interimKey = newKeyFromSha(sessionKey);
        sessionKey = reduced(rc4(interimKey, interimKey));
        byte[] encrypted = rc4(sessionKey, frame);
        byte[] packet = new byte[2 + encrypted.length];
        int count = packets++ % 4096;
        packet[0] = (byte) (0x90 | count / 256);
        packet[1] = (byte) count;
        System.arraycopy(encrypted, 0, packet, 2, encrypted.length);
        return packet;
    }

    private byte[] newKeyFromSha(byte[] key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] pad2 = new byte[40];
            Arrays.fill(pad2, (byte) 0xF2);
            sha1.update(startKey);
            sha1.update(new byte[40]);
            sha1.update(key);
            sha1.update(pad2);
            return Arrays.copyOf(sha1.digest(), startKey.length);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] reduced(byte[] key) {
        byte[] fixed =
                switch (strength) {
                    case BITS_40 -> new byte[] {(byte) 0xD1, 0x26, (byte) 0x9E};
                    case BITS_56 -> new byte[] {(byte) 0xD1};
                    case BITS_128 -> new byte[0];
                };
        System.arraycopy(fixed, 0, key, 0, fixed.length);
        return key;
    }

    private static byte[] rc4(byte[] key, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance("ARCFOUR");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
