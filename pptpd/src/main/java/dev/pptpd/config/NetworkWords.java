package dev.pptpd.config;

import dev.pptpd.ppp.ipv6cp.InterfaceIdentifier;
import dev.pptpd.ppp.vj.VjParameters;
import java.util.List;
import java.util.Optional;

/** The words of pppd about IPv6 and about TCP/IP header compression. */
final class NetworkWords {
    /** pppd's lower limit. */
    private static final int MIN_VJ_SLOTS = 2;

    private static final String IDENTIFIERS_EXPECTED =
            "one or two identifiers such as ::1,::2, without blanks";

    private final WordTable<NetworkState> words = new WordTable<>(state -> state.network);

    private NetworkWords() {}

    static List<OptionWord> all() {
        NetworkWords table = new NetworkWords();
        table.addCompression();
        table.addIpv6();
        return table.words.words();
    }

    private void addCompression() {
        words.flag("vj", network -> network.vj = true);
        for (String word : List.of("novj", "-vj")) {
            words.flag(word, network -> network.vj = false);
        }
        for (String word : List.of("novjccomp", "-vjccomp")) {
            words.flag(word, network -> network.vjOmitsSlot = false);
        }
        words.argument(
                "vj-max-slots",
                (state, option, slots) ->
                        state.number(option, slots, MIN_VJ_SLOTS, VjParameters.MAX_SLOTS)
                                .ifPresent(number -> state.network.vjSlots = number));
    }

    private void addIpv6() {
        words.flag("+ipv6", network -> network.ipv6 = true);
        for (String word : List.of("noipv6", "-ipv6")) {
            words.flag(word, network -> network.ipv6 = false);
        }
        words.argument("ipv6", NetworkWords::setIdentifiers);
        words.flag("ipv6cp-accept-local", network -> network.acceptsLocal = true);
        words.flag("ipv6cp-accept-remote", network -> network.acceptsRemote = true);
        words.word("ipv6cp-use-persistent", NetworkWords::usePersistent);
        words.flag("ipv6cp-use-ipaddr", network -> network.identifiersFromIpv4 = true);
    }

    /** Our identifier is that of a network card, as {@code ipv6} could name it. */
    private static void usePersistent(OptionState state, Word option) {
        state.network.local = state.resolver.hardwareIdentifier();
        if (state.network.local.isEmpty()) {
            String text = "no network card has an address: our identifier is a random one";
            state.findings.warning(option, text);
        }
    }

    /** {@code ipv6 <local>,<remote>}, either of which may be left out. */
    private static void setIdentifiers(OptionState state, Word option, Word argument) {
        String[] both = argument.text().split(",", -1);
        if (both.length > 2) {
            refuse(state, argument);
            return;
        }
        state.network.ipv6 = true;
        identifier(state, argument, both[0]).ifPresent(id -> state.network.local = Optional.of(id));
        if (both.length == 2) {
            identifier(state, argument, both[1])
                    .ifPresent(id -> state.network.remote = Optional.of(id));
        }
        if (state.network.local.isPresent() && state.network.local.equals(state.network.remote)) {
            refuse(state, argument);
        }
    }

    private static Optional<InterfaceIdentifier> identifier(
            OptionState state, Word argument, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<InterfaceIdentifier> identifier = InterfaceIdentifier.parse(text);
        if (identifier.isEmpty()) {
            refuse(state, argument);
        }
        return identifier;
    }

    private static void refuse(OptionState state, Word argument) {
        String problem = "ipv6 '" + argument.shown() + "' is not possible";
        state.findings.error(argument, problem, IDENTIFIERS_EXPECTED);
    }
}
