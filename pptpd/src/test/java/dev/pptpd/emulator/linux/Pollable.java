package dev.pptpd.emulator.linux;

/** Something that can become readable. */
public interface Pollable {
    int descriptor();
}
