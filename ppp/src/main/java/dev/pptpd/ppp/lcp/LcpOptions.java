package dev.pptpd.ppp.lcp;

import dev.pptpd.ppp.auth.LoginMethod;
import dev.pptpd.ppp.option.Judgement;
import dev.pptpd.ppp.option.Option;
import dev.pptpd.ppp.option.OptionList;
import dev.pptpd.ppp.option.OptionSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of LCP: MRU, ACCM, authentication, magic number and the two compressions, and
 * Callback where it is to be answered. Else that is rejected like MRRU, endpoint discriminators and
 * what else exists are rejected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-6 RFC 1661 section 6
 */
public final class LcpOptions implements OptionSet {
    /** The MRU where none was negotiated. */
    public static final int DEFAULT_MRU_BYTES = 1500;

    static final int MRU = 1;
    static final int ACCM = 2;
    static final int AUTHENTICATION_PROTOCOL = 3;
    static final int MAGIC_NUMBER = 5;
    static final int PROTOCOL_FIELD_COMPRESSION = 7;
    static final int ADDRESS_AND_CONTROL_FIELD_COMPRESSION = 8;
    static final int CALLBACK = 13;

    /** Below this no control packet fits; pppd asks for the same. */
    private static final int MIN_MRU_BYTES = 128;

    /** How often a peer may suggest a method that we do not take before it is believed. */
    private static final int MAX_AUTHENTICATION_NAKS = 10;

    /** Operation 6: what happens is determined by CBCP. */
    private static final Option BY_CBCP = new Option(CALLBACK, new byte[] {6});

    private enum Own {
        MRU(1),
        ACCM(1 << 1),
        AUTHENTICATION(1 << 2),
        MAGIC_NUMBER(1 << 3),
        PROTOCOL_COMPRESSION(1 << 4),
        ADDRESS_COMPRESSION(1 << 5);

        private final int bit;

        Own(int bit) {
            this.bit = bit;
        }
    }

    private final LcpConfiguration configuration;
    private final List<LoginMethod> ownLogins;
    private final RandomGenerator entropy;

    /** What we ask for: the bit of each {@link Own}. */
    private int wanted;

    private int ownMru;
    private int ownAccm;
    private int magic;
    private int asked;
    private int authenticationNaks;
    private boolean refusesAuthentication;
    private Optional<LoginMethod> ownLogin = Optional.empty();
    private int proposed;
    private Optional<String> refusedMethod = Optional.empty();
    private int peerMru = DEFAULT_MRU_BYTES;
    private boolean peerTakesCompressedProtocol;
    private boolean peerTakesNoAddress;
    private boolean peerWantsCallback;

    /** Options of a server's link; {@code entropy} makes magic numbers. */
    public LcpOptions(LcpConfiguration configuration, RandomGenerator entropy) {
        this(configuration, List.of(), entropy);
    }

    private LcpOptions(
            LcpConfiguration configuration, List<LoginMethod> ownLogins, RandomGenerator entropy) {
        this.configuration = configuration;
        this.ownLogins = ownLogins;
        this.entropy = entropy;
        reset();
    }

    /**
     * Options of a client's link.
     *
     * @param methods how it logs in where the peer asks for it; what it proposes instead of others,
     *     one after another
     */
    public static LcpOptions ofClient(
            LcpConfiguration configuration, List<LoginMethod> methods, RandomGenerator entropy) {
        return new LcpOptions(configuration, List.copyOf(methods), entropy);
    }

    /** Our magic number; 0 where the peer took none. */
    public int magicNumber() {
        return wants(Own.MAGIC_NUMBER) ? magic : 0;
    }

    /** Whether the peer will not log in the way we ask for. */
    public boolean peerRefusesAuthentication() {
        return refusesAuthentication;
    }

    /**
     * How the peer logs in at our side, once it has acknowledged our request; empty: not at all.
     */
    public Optional<LoginMethod> peerLogin() {
        return wants(Own.AUTHENTICATION)
                ? Optional.of(configuration.peerLogins().get(asked))
                : Optional.empty();
    }

    /** How we agreed to log in at the peer; empty: not at all. */
    public Optional<LoginMethod> ownLogin() {
        return ownLogin;
    }

    /** How the peer last wanted us to log in, where that is not our way; in words. */
    public Optional<String> refusedMethod() {
        return refusedMethod;
    }

    /** The largest information field the peer receives, in octets: at most 1500. */
    public int peerMruBytes() {
        return peerMru;
    }

    /** Whether the peer takes one-octet protocol numbers. */
    public boolean peerTakesCompressedProtocol() {
        return peerTakesCompressedProtocol;
    }

    /** Whether the peer takes frames without address and control fields. */
    public boolean peerTakesNoAddress() {
        return peerTakesNoAddress;
    }

    /** Whether CBCP comes after the login. */
    public boolean peerWantsCallback() {
        return peerWantsCallback;
    }

    @Override
    public void reset() {
        wanted = 0;
        addIf(configuration.asksMru(), Own.MRU);
        addIf(configuration.asksAccm(), Own.ACCM);
        addIf(!configuration.peerLogins().isEmpty(), Own.AUTHENTICATION);
        addIf(configuration.magicNumber(), Own.MAGIC_NUMBER);
        addIf(configuration.protocolFieldCompression(), Own.PROTOCOL_COMPRESSION);
        addIf(configuration.addressFieldCompression(), Own.ADDRESS_COMPRESSION);
        ownMru = configuration.mruBytes();
        ownAccm = configuration.accm();
        magic = newMagic();
        asked = 0;
        authenticationNaks = 0;
        proposed = 0;
        refusedMethod = Optional.empty();
        forgetPeer();
    }

    private void forgetPeer() {
        ownLogin = Optional.empty();
        peerMru = DEFAULT_MRU_BYTES;
        peerTakesCompressedProtocol = false;
        peerTakesNoAddress = false;
        peerWantsCallback = false;
    }

    @Override
    public List<Option> request() {
        return Stream.of(Own.values()).filter(this::wants).map(this::option).toList();
    }

    private Option option(Own own) {
        return switch (own) {
            case MRU -> Option.ofShort(MRU, ownMru);
            case ACCM -> Option.ofInt(ACCM, ownAccm);
            case AUTHENTICATION -> option(configuration.peerLogins().get(asked));
            case MAGIC_NUMBER -> Option.ofInt(MAGIC_NUMBER, magic);
            case PROTOCOL_COMPRESSION -> Option.empty(PROTOCOL_FIELD_COMPRESSION);
            case ADDRESS_COMPRESSION -> Option.empty(ADDRESS_AND_CONTROL_FIELD_COMPRESSION);
        };
    }

    @Override
    public Judgement judge(Option option) {
        return switch (option.type()) {
            case MRU -> judgeMru(option);
            case ACCM -> acceptIf(option.dataOctets() == 4);
            case AUTHENTICATION_PROTOCOL -> judgeAuthentication(option);
            case MAGIC_NUMBER -> judgeMagic(option);
            case PROTOCOL_FIELD_COMPRESSION ->
                    acceptIf(option.dataOctets() == 0 && configuration.protocolFieldCompression());
            case ADDRESS_AND_CONTROL_FIELD_COMPRESSION ->
                    acceptIf(option.dataOctets() == 0 && configuration.addressFieldCompression());
            case CALLBACK -> acceptIf(configuration.answersCallback() && option.equals(BY_CBCP));
            default -> Judgement.REJECT;
        };
    }

    private static Option option(LoginMethod method) {
        return new Option(AUTHENTICATION_PROTOCOL, method.optionData());
    }

    /** A server logs in nowhere; a client proposes its own methods one after another. */
    private Judgement judgeAuthentication(Option option) {
        if (!logsIn()) {
            return Judgement.REJECT;
        }
        if (LoginMethod.ofOption(option.data()).filter(ownLogins::contains).isPresent()) {
            return Judgement.ACCEPT;
        }
        refusedMethod = Optional.of(LoginMethod.describe(option.data()));
        return new Judgement.Nak(option(ownLogins.get(proposed++ % ownLogins.size())));
    }

    private boolean logsIn() {
        return !ownLogins.isEmpty();
    }

    /** A Reject would say that we log in in no way at all; the rounds come to an end anyway. */
    @Override
    public boolean mayReject(int type) {
        return !logsIn() || type != AUTHENTICATION_PROTOCOL;
    }

    private static Judgement judgeMru(Option option) {
        if (option.dataOctets() != 2) {
            return Judgement.REJECT;
        }
        return option.shortValue() >= MIN_MRU_BYTES
                ? Judgement.ACCEPT
                : new Judgement.Nak(Option.ofShort(MRU, MIN_MRU_BYTES));
    }

    /** Our own number coming back means that the line is looped. */
    private Judgement judgeMagic(Option option) {
        if (option.dataOctets() != 4) {
            return Judgement.REJECT;
        }
        int theirs = option.intValue();
        return theirs != 0 && theirs != magic
                ? Judgement.ACCEPT
                : new Judgement.Nak(Option.ofInt(MAGIC_NUMBER, newMagic()));
    }

    private static Judgement acceptIf(boolean fine) {
        return fine ? Judgement.ACCEPT : Judgement.REJECT;
    }

    @Override
    public void acknowledged(OptionList request) {
        forgetPeer();
        refusedMethod = request.has(AUTHENTICATION_PROTOCOL) ? Optional.empty() : refusedMethod;
        for (Option option : request.options()) {
            switch (option.type()) {
                case AUTHENTICATION_PROTOCOL -> ownLogin = LoginMethod.ofOption(option.data());
                case MRU -> peerMru = Math.min(option.shortValue(), DEFAULT_MRU_BYTES);
                case PROTOCOL_FIELD_COMPRESSION -> peerTakesCompressedProtocol = true;
                case ADDRESS_AND_CONTROL_FIELD_COMPRESSION -> peerTakesNoAddress = true;
                case CALLBACK -> peerWantsCallback = true;
                default -> {}
            }
        }
    }

    @Override
    public Optional<String> naked(Option option) {
        switch (option.type()) {
            case MRU -> {
                if (option.dataOctets() == 2) {
                    ownMru = Math.clamp(option.shortValue(), MIN_MRU_BYTES, DEFAULT_MRU_BYTES);
                }
            }
            case ACCM -> {
                if (option.dataOctets() == 4) {
                    ownAccm |= option.intValue();
                }
            }
            case MAGIC_NUMBER -> magic = newMagic();
            case AUTHENTICATION_PROTOCOL -> {
                return nakedAuthentication(option);
            }
            default -> {}
        }
        return Optional.empty();
    }

    /**
     * A method that we take, too, is asked for next. Whatever else the peer would rather do, ours
     * are asked for in their order, over and over for a while: some peers name the same one always.
     */
    private Optional<String> nakedAuthentication(Option option) {
        List<LoginMethod> methods = configuration.peerLogins();
        Optional<LoginMethod> named = LoginMethod.ofOption(option.data()).filter(methods::contains);
        if (!wants(Own.AUTHENTICATION) || named.equals(Optional.of(methods.get(asked)))) {
            return Optional.empty();
        }
        asked = named.map(methods::indexOf).orElse((asked + 1) % methods.size());
        if (++authenticationNaks < MAX_AUTHENTICATION_NAKS) {
            return Optional.empty();
        }
        refusesAuthentication = true;
        String ours = methods.stream().map(LoginMethod::label).collect(Collectors.joining(", "));
        return Optional.of("the peer does not agree to " + ours);
    }

    @Override
    public Optional<String> rejected(Option option) {
        switch (option.type()) {
            case MRU -> stopWanting(Own.MRU);
            case ACCM -> stopWanting(Own.ACCM);
            case MAGIC_NUMBER -> stopWanting(Own.MAGIC_NUMBER);
            case PROTOCOL_FIELD_COMPRESSION -> stopWanting(Own.PROTOCOL_COMPRESSION);
            case ADDRESS_AND_CONTROL_FIELD_COMPRESSION -> stopWanting(Own.ADDRESS_COMPRESSION);
            case AUTHENTICATION_PROTOCOL -> {
                if (wants(Own.AUTHENTICATION)) {
                    refusesAuthentication = true;
                    return Optional.of("the peer refuses to authenticate itself");
                }
            }
            default -> {}
        }
        return Optional.empty();
    }

    private void addIf(boolean condition, Own own) {
        if (condition) {
            wanted |= own.bit;
        }
    }

    private boolean wants(Own own) {
        return (wanted & own.bit) != 0;
    }

    private void stopWanting(Own own) {
        wanted &= ~own.bit;
    }

    private int newMagic() {
        int number;
        do {
            number = entropy.nextInt();
        } while (number == 0 || number == magic);
        return number;
    }
}
