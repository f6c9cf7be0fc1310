package dev.pptpd.emulator;

import dev.pptpd.emulator.ClientProfile.CallIdChoice;
import dev.pptpd.emulator.ClientProfile.CallRequest;
import dev.pptpd.emulator.ClientProfile.LcpOption;
import dev.pptpd.emulator.ClientProfile.LinkHabits;
import dev.pptpd.emulator.ClientProfile.NetworkHabits;
import dev.pptpd.emulator.ClientProfile.SetLinkInfoHabit;
import dev.pptpd.emulator.ClientProfile.StartRequest;
import dev.pptpd.emulator.ClientProfile.Teardown;
import dev.pptpd.emulator.ClientProfile.TunnelHabits;
import java.util.List;
import java.util.OptionalInt;

/** The kinds of clients, from captures, published logs and documentation. */
public final class ClientProfiles {
    private static final int MPPE_STATELESS = 0x01000000;
    private static final int MPPE_STATELESS_128 = 0x01000040;
    private static final int MPPE_STATELESS_128_OR_40 = 0x01000060;
    private static final int MPPE_EVERYTHING = 0x010000E1;

    private static final LcpOption MRU_1400 = new LcpOption(1, "0578");
    private static final LcpOption ACCM_ZERO = new LcpOption(2, "00000000");
    private static final LcpOption MAGIC_NUMBER = new LcpOption(5, "00000000");
    private static final LcpOption PFC = new LcpOption(7, "");
    private static final LcpOption ACFC = new LcpOption(8, "");
    private static final LcpOption CALLBACK_CBCP = new LcpOption(13, "06");
    private static final LcpOption MRRU_1614 = new LcpOption(17, "064e");
    private static final LcpOption ENDPOINT_DISCRIMINATOR =
            new LcpOption(19, "01 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d");

    private static final List<Integer> WINDOWS_ADDRESSES = List.of(3, 129, 130, 131, 132);
    private static final List<Integer> PPPD_ADDRESSES = List.of(3, 129, 131);
    private static final int ACSP = 0x8235;

    /** Windows 10 as it comes: any encryption or none, so the first CCP request has no key bits. */
    public static final ClientProfile WINDOWS_10 =
            windows("Windows 10", MPPE_STATELESS, "MSRASV5.20", "MSRAS-0-DESKTOP-4F2K9QX");

    /** Windows 7 set to require encryption. */
    public static final ClientProfile WINDOWS_7 =
            windows("Windows 7", MPPE_STATELESS_128, "MSRASV5.20", "MSRAS-0-WIN-7RSSC38TVCL");

    /** Windows XP as it comes, with the option order of Windows 2000. */
    public static final ClientProfile WINDOWS_XP =
            oldWindows("Windows XP", 2600, MPPE_EVERYTHING, "MSRASV5.10", "MSRAS-0-OFFICE");

    public static final ClientProfile WINDOWS_2000 =
            oldWindows("Windows 2000", 2195, MPPE_STATELESS_128, "MSRASV5.00", "MSRAS-1-ACCOUNTS");

    public static final ClientProfile ANDROID =
            new ClientProfile(
                    "Android",
                    new StartRequest(3, 3, 1, 0, "anonymous", ""),
                    new CallRequest(CallIdChoice.ARBITRARY, 1000, 100_000_000, 8192),
                    SetLinkInfoHabit.NEVER,
                    new TunnelHabits(0, 100, false, 3),
                    new LinkHabits(
                            1,
                            List.of(MRU_1400, ACCM_ZERO, MAGIC_NUMBER, PFC, ACFC),
                            List.of(),
                            3000),
                    pppd(List.of()),
                    Teardown.CLOSE_ONLY);

    public static final ClientProfile MACOS =
            new ClientProfile(
                    "macOS",
                    new StartRequest(1, 1, 0, 0, "", ""),
                    new CallRequest(CallIdChoice.ARBITRARY, 300, 100_000_000, 64),
                    SetLinkInfoHabit.AFTER_THE_CALL,
                    new TunnelHabits(0, 100, true, 3),
                    new LinkHabits(1, List.of(ACCM_ZERO, MAGIC_NUMBER, PFC, ACFC), List.of(), 3000),
                    pppd(List.of(ACSP, PppFrame.IPV6CP)),
                    Teardown.PPPD_THEN_CLOSE);

    public static final ClientProfile PPTP_LINUX =
            new ClientProfile(
                    "pptp-linux",
                    new StartRequest(3, 3, 65535, 1, "local", "cananian"),
                    new CallRequest(CallIdChoice.ZERO, 2400, 10_000_000, 3),
                    SetLinkInfoHabit.NEVER,
                    new TunnelHabits(1, 500, false, 3),
                    new LinkHabits(1, List.of(ACCM_ZERO, MAGIC_NUMBER, PFC, ACFC), List.of(), 3000),
                    pppd(List.of()),
                    Teardown.PPTP_LINUX);

    private ClientProfiles() {}

    private static ClientProfile windows(String name, int mppeBits, String... identifications) {
        return new ClientProfile(
                name,
                new StartRequest(1, 1, 0, 0, "", "Microsoft"),
                new CallRequest(CallIdChoice.ARBITRARY, 300, 100_000_000, 64),
                SetLinkInfoHabit.THREE_TIMES,
                new TunnelHabits(0, 100, false, 3),
                new LinkHabits(
                        0,
                        List.of(MRU_1400, MAGIC_NUMBER, PFC, ACFC, CALLBACK_CBCP),
                        List.of(
                                identifications[0],
                                identifications[1],
                                "\u0001\u00fd#GUID-OF-CALL"),
                        2000),
                new NetworkHabits(
                        OptionalInt.of(mppeBits),
                        false,
                        List.of(PppFrame.IPV6CP),
                        WINDOWS_ADDRESSES),
                Teardown.WINDOWS);
    }

    private static ClientProfile oldWindows(
            String name, int build, int mppeBits, String... identifications) {
        return new ClientProfile(
                name,
                new StartRequest(1, 1, 0, build, "", "Microsoft Windows NT"),
                new CallRequest(CallIdChoice.ZERO, 300, 100_000_000, 64),
                SetLinkInfoHabit.THREE_TIMES,
                new TunnelHabits(0, 100, false, 3),
                new LinkHabits(
                        0,
                        List.of(
                                MAGIC_NUMBER,
                                PFC,
                                ACFC,
                                CALLBACK_CBCP,
                                MRRU_1614,
                                ENDPOINT_DISCRIMINATOR),
                        List.of(identifications),
                        2000),
                new NetworkHabits(OptionalInt.of(mppeBits), false, List.of(), WINDOWS_ADDRESSES),
                Teardown.WINDOWS);
    }

    private static NetworkHabits pppd(List<Integer> otherRequests) {
        return new NetworkHabits(
                OptionalInt.of(MPPE_STATELESS_128_OR_40), true, otherRequests, PPPD_ADDRESSES);
    }
}
