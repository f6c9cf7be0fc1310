package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.LinkHabits;
import java.util.List;

/** LCP options: MS-CHAPv2 and nothing weaker, no multilink. */
final class LinkPolicy implements OptionPolicy {
    private static final int MAXIMUM_RECEIVE_UNIT = 1;
    private static final int ASYNC_CONTROL_CHARACTER_MAP = 2;
    private static final int AUTHENTICATION_PROTOCOL = 3;
    private static final int MAGIC_NUMBER = 5;
    private static final int PROTOCOL_FIELD_COMPRESSION = 7;
    private static final int ADDRESS_AND_CONTROL_FIELD_COMPRESSION = 8;

    private static final ConfigurationOption MS_CHAP_V2 =
            new ConfigurationOption(AUTHENTICATION_PROTOCOL, Octets.ofHex("c22381"));

    private final WantedOptions wanted;
    private List<ConfigurationOption> granted = List.of();

    LinkPolicy(LinkHabits habits, int magicNumber) {
        wanted =
                new WantedOptions(
                        habits.options().stream()
                                .map(option ->
                                        option.type() == MAGIC_NUMBER
                                                ? ConfigurationOption.u32(MAGIC_NUMBER, magicNumber)
                                                : new ConfigurationOption(
                                                        option.type(), Octets.ofHex(option.data())))
                                .toList());
    }

    /** Whether the server lets us leave out FF 03. */
    boolean compressAddress() {
        return granted.contains(ConfigurationOption.flag(ADDRESS_AND_CONTROL_FIELD_COMPRESSION));
    }

    /** Whether the server lets us shorten protocol numbers. */
    boolean compressProtocol() {
        return granted.contains(ConfigurationOption.flag(PROTOCOL_FIELD_COMPRESSION));
    }

    /** The control characters to escape when sending, from the server's request. */
    int sendControlCharacterMap() {
        return granted.stream()
                .filter(option -> option.type() == ASYNC_CONTROL_CHARACTER_MAP)
                .mapToInt(option -> option.data().u32(0))
                .findFirst()
                .orElse(0xFFFFFFFF);
    }

    @Override
    public WantedOptions wanted() {
        return wanted;
    }

    @Override
    public PppPacket answer(int identifier, List<ConfigurationOption> asked) {
        List<ConfigurationOption> refused =
                asked.stream().filter(option -> !known(option.type())).toList();
        if (!refused.isEmpty()) {
            return PppPacket.of(PppPacket.CONFIGURE_REJECT, identifier, refused);
        }
        if (asked.stream().anyMatch(LinkPolicy::weakAuthentication)) {
            return PppPacket.of(PppPacket.CONFIGURE_NAK, identifier, List.of(MS_CHAP_V2));
        }
        granted = asked;
        return PppPacket.of(PppPacket.CONFIGURE_ACK, identifier, asked);
    }

    private static boolean known(int type) {
        return switch (type) {
            case MAXIMUM_RECEIVE_UNIT,
                    ASYNC_CONTROL_CHARACTER_MAP,
                    AUTHENTICATION_PROTOCOL,
                    MAGIC_NUMBER,
                    PROTOCOL_FIELD_COMPRESSION,
                    ADDRESS_AND_CONTROL_FIELD_COMPRESSION ->
                    true;
            default -> false;
        };
    }

    private static boolean weakAuthentication(ConfigurationOption option) {
        return option.type() == AUTHENTICATION_PROTOCOL && !option.equals(MS_CHAP_V2);
    }
}
