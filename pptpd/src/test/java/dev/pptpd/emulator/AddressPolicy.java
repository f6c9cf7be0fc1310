package dev.pptpd.emulator;

import java.util.List;
import java.util.OptionalInt;

/** IPCP options: an address and name servers from the server, no header compression. */
final class AddressPolicy implements OptionPolicy {
    private static final int IP_ADDRESS = 3;

    private final WantedOptions wanted;
    private OptionalInt serverAddress = OptionalInt.empty();

    AddressPolicy(List<Integer> types) {
        wanted =
                new WantedOptions(
                        types.stream().map(type -> ConfigurationOption.u32(type, 0)).toList());
    }

    /** The client's address in the tunnel; zero until the server has named one. */
    int ownAddress() {
        return wanted.toList().stream()
                .filter(option -> option.type() == IP_ADDRESS)
                .mapToInt(option -> option.data().u32(0))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("IP-Address was rejected"));
    }

    /** The server's address in the tunnel, once it has asked for it. */
    OptionalInt serverAddress() {
        return serverAddress;
    }

    @Override
    public WantedOptions wanted() {
        return wanted;
    }

    @Override
    public PppPacket answer(int identifier, List<ConfigurationOption> asked) {
        List<ConfigurationOption> refused =
                asked.stream().filter(option -> option.type() != IP_ADDRESS).toList();
        if (!refused.isEmpty()) {
            return PppPacket.of(PppPacket.CONFIGURE_REJECT, identifier, refused);
        }
        asked.forEach(option -> serverAddress = OptionalInt.of(option.data().u32(0)));
        return PppPacket.of(PppPacket.CONFIGURE_ACK, identifier, asked);
    }
}
