package dev.pptpd.emulator;

import java.util.List;

/** CCP options: MPPE, 128-bit stateless at the end, whatever came first. */
final class CompressionPolicy implements OptionPolicy {
    private static final int MPPE = 18;
    private static final ConfigurationOption STATELESS_128 =
            ConfigurationOption.u32(MPPE, 0x01000040);

    private final WantedOptions wanted;

    CompressionPolicy(int firstBits) {
        wanted = new WantedOptions(List.of(ConfigurationOption.u32(MPPE, firstBits)));
    }

    /** Whether both sides agreed on 128-bit stateless encryption; asked when CCP opens. */
    boolean encrypted() {
        return wanted.toList().equals(List.of(STATELESS_128));
    }

    @Override
    public WantedOptions wanted() {
        return wanted;
    }

    @Override
    public PppPacket answer(int identifier, List<ConfigurationOption> asked) {
        List<ConfigurationOption> refused =
                asked.stream().filter(option -> option.type() != MPPE).toList();
        if (!refused.isEmpty()) {
            return PppPacket.of(PppPacket.CONFIGURE_REJECT, identifier, refused);
        }
        if (!asked.equals(List.of(STATELESS_128))) {
            return PppPacket.of(PppPacket.CONFIGURE_NAK, identifier, List.of(STATELESS_128));
        }
        return PppPacket.of(PppPacket.CONFIGURE_ACK, identifier, asked);
    }
}
