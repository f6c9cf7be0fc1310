package dev.pptpd.emulator;

/** What the user typed. */
public record Credentials(String user, String password) {}
