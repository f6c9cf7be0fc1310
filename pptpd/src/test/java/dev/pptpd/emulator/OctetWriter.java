package dev.pptpd.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes fields big-endian, one after another. */
final class OctetWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    OctetWriter u8(int value) {
        out.write(value);
        return this;
    }

    OctetWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    OctetWriter u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    OctetWriter octets(Octets octets) {
        out.writeBytes(octets.toArray());
        return this;
    }

    OctetWriter zeros(int count) {
        out.writeBytes(new byte[count]);
        return this;
    }

    OctetWriter text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** The text, followed by zeros up to {@code width} octets. */
    OctetWriter text(String text, int width) {
        return text(text).zeros(width - text.length());
    }

    Octets toOctets() {
        return Octets.of(out.toByteArray());
    }
}
