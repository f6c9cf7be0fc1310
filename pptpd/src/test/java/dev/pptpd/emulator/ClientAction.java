package dev.pptpd.emulator;

/** What the client wants done to its sockets. */
sealed interface ClientAction {
    record SendMessage(PptpMessage message) implements ClientAction {}

    record SendPacket(GrePacket packet) implements ClientAction {}

    record CloseConnection() implements ClientAction {}
}
