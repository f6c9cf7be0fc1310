package dev.pptpd.mppe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stateful MPPE a second time, with nothing but the platform's ciphers, as two kinds of peers do
 * it. One direction: made twice, once for its sender and once for its receiver.
 */
final class StatefulPeer {
    /** Where the peers differ. */
    enum Kind {
        /** RFC 3078 section 8.2 to the letter; sets bit A on flushed packets only. */
        RFC,
        /**
         * Linux changes the key for each flush, sets bit A on "flag" packets and wants it there,
         * and takes nothing after an error before a Reset-Ack has come.
         */
        LINUX
    }

    private static final int COUNTS = 4096;

    private final Kind kind;
    private final MppeStrength strength;
    private final byte[] startKey;
    private byte[] sessionKey;
    private Cipher stream;

    /** Of the sender the next one, of the receiver the last one. */
    private int count;

    private boolean flushRequested;
    private boolean discards;
    private boolean waitsForAcknowledgment;
    private int keyChanges;

    StatefulPeer(Kind kind, MppeStrength strength, byte[] startKey) {
        this.kind = kind;
        this.strength = strength;
        this.startKey = Arrays.copyOf(startKey, strength.keyOctets());
        this.sessionKey = reduced(newKeyFromSha(this.startKey));
        this.stream = rc4(sessionKey);
        this.count = COUNTS - 1;
    }

    /** A Reset-Request has come. */
    void requestFlush() {
        flushRequested = true;
    }

    int keyChanges() {
        return keyChanges;
    }

    /** The next packet: header and encrypted frame. */
    byte[] encrypt(byte[] frame) {
        count = (count + 1) % COUNTS;
        boolean flag = count % 256 == 255;
        boolean flushed = flushRequested || (flag && kind == Kind.LINUX);
        if (flag || (flushRequested && kind == Kind.LINUX)) {
            changeKey();
        } else if (flushRequested) {
            stream = rc4(sessionKey);
        }
        flushRequested = false;
        byte[] packet = new byte[2 + frame.length];
        packet[0] = (byte) ((flushed ? 0x90 : 0x10) | count / 256);
        packet[1] = (byte) count;
        System.arraycopy(stream.update(frame), 0, packet, 2, frame.length);
        return packet;
    }

    /** What came out, right or wrong; empty where a Reset-Request is to be sent. */
    Optional<byte[]> decrypt(byte[] packet) {
        int received = (packet[0] & 0x0F) << 8 | (packet[1] & 0xFF);
        boolean flushed = (packet[0] & 0x80) != 0;
        boolean right =
                switch (kind) {
                    case RFC -> accepts(received, flushed);
                    case LINUX -> acceptsAsLinux(received, flushed);
                };
        return right
                ? Optional.of(stream.update(Arrays.copyOfRange(packet, 2, packet.length)))
                : Optional.empty();
    }

    /** The answer to a Reset-Request has come. */
    void acknowledgeReset() {
        waitsForAcknowledgment = false;
    }

    private boolean accepts(int received, boolean flushed) {
        boolean next = received == (count + 1) % COUNTS;
        if (!flushed && (discards || !next)) {
            discards = true;
            return false;
        }
        while (count != received) {
            count = (count + 1) % COUNTS;
            if (count % 256 == 255) {
                changeKey();
            }
        }
        if (flushed) {
            stream = rc4(sessionKey);
        }
        discards = false;
        return true;
    }

    private boolean acceptsAsLinux(int received, boolean flushed) {
        boolean unmarkedFlag = received % 256 == 255 && !flushed;
        if (waitsForAcknowledgment || unmarkedFlag || !findsPlace(received, flushed)) {
            waitsForAcknowledgment = true;
            return false;
        }
        if (flushed) {
            changeKey();
        }
        return true;
    }

    private boolean findsPlace(int received, boolean flushed) {
        if (!discards) {
            count = (count + 1) % COUNTS;
            discards = count != received;
            return !discards;
        }
        if (!flushed) {
            return false;
        }
        while (count / 256 != received / 256) {
            changeKey();
            count = (count + 256) % COUNTS;
        }
        discards = false;
        count = received;
        return true;
    }

    private void changeKey() {
        keyChanges++;
        byte[] interimKey = newKeyFromSha(sessionKey);
        sessionKey = reduced(rc4(interimKey).update(interimKey));
        stream = rc4(sessionKey);
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

    private static Cipher rc4(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("ARCFOUR");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
