package dev.pptpd.emulator;

import java.util.Optional;

/**
 * One direction of 128-bit stateless MPPE: the key changes before every packet, the first too.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3078#section-3.1 RFC 3078 section 3.1
 */
final class MppeStream {
    private static final int FLUSHED = 0x8000;
    private static final int COMPRESSED = 0x2000;
    private static final int ENCRYPTED = 0x1000;
    private static final int COUNT_MASK = 0x0fff;

    /** A jump further than this is a packet from the past. */
    private static final int FARTHEST_JUMP = 2048;

    private final MppeKeySchedule keys;
    private int nextCount;

    MppeStream(Octets startKey) {
        keys = new MppeKeySchedule(startKey);
    }

    /** Encrypts one frame; the result is the information field of protocol 00FD. */
    Octets seal(PppFrame frame) {
        keys.rekey();
        int header = FLUSHED | ENCRYPTED | nextCount;
        nextCount = nextCount + 1 & COUNT_MASK;
        return new OctetWriter()
                .u16(header)
                .octets(MppeKeySchedule.rc4(keys.sessionKey(), frame.encode(true, false)))
                .toOctets();
    }

    /** Decrypts the information field of protocol 00FD, or nothing when it cannot be valid. */
    Optional<PppFrame> open(Octets sealed) {
        if (sealed.length() < 3) {
            return Optional.empty();
        }
        int header = sealed.u16(0);
        int skipped = (header & COUNT_MASK) - nextCount & COUNT_MASK;
        if ((header & (FLUSHED | ENCRYPTED | COMPRESSED)) != (FLUSHED | ENCRYPTED)
                || skipped > FARTHEST_JUMP) {
            return Optional.empty();
        }
        for (int i = 0; i <= skipped; i++) {
            keys.rekey();
        }
        nextCount = (header & COUNT_MASK) + 1 & COUNT_MASK;
        return PppFrame.decode(MppeKeySchedule.rc4(keys.sessionKey(), sealed.from(2)));
    }
}
