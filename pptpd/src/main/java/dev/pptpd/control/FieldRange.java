package dev.pptpd.control;

/** Ranges of unsigned fields: what leaves a message record fits the wire. */
final class FieldRange {
    private FieldRange() {}

    static void requireUint8(String field, int value) {
        require(field, value, 0xFF);
    }

    static void requireUint16(String field, int value) {
        require(field, value, 0xFFFF);
    }

    static void requireUint32(String field, long value) {
        require(field, value, 0xFFFF_FFFFL);
    }

    static void requirePositiveUint16(String field, int value) {
        if (value == 0) {
            throw new IllegalArgumentException(field + " is 0");
        }
        requireUint16(field, value);
    }

    private static void require(String field, long value, long maximum) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(field + " is not in 0.." + maximum + ": " + value);
        }
    }
}
