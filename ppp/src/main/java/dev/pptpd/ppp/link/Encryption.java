package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeMode;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.ccp.CcpAgreement;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The MPPE and MPPC state of a link: start keys, and while CCP is open the two packet states. */
final class Encryption {
    /** So many packets that a right peer never sends end the link; Linux ends at 16 as well. */
    private static final int MAX_OFFENCES = 16;

    /** Packets that skip too many keys make one span unless so much time lies between them. */
    private static final long OVER_BUDGET_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A peer whose packets are all lost sends few: TCP retries ever more seldom. */
    private static final long OUT_OF_STEP_GAP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MppeEngine engine;
    private final int mruBytes;
    private final MppeConfiguration ofLink;
    private MppeConfiguration configuration;
    private @Nullable MppeStartKeys keys;
    private @Nullable MppeEncryptor encryptor;
    private @Nullable MppeDecryptor decryptor;
    private @Nullable CcpLayer ccp;
    private boolean encrypts;
    private boolean engaged;
    private int offences;

    // Made with the first fault of their kind since CCP has opened.
    private @Nullable FaultSpan overBudget;
    private @Nullable FaultSpan outOfStep;

    /** {@code mruBytes} is the longest information that the peer may send, before compression. */
    Encryption(MppeEngine engine, MppeConfiguration configuration, int mruBytes) {
        this.engine = engine;
        this.ofLink = configuration;
        this.configuration = configuration;
        this.mruBytes = mruBytes;
    }

    /** Another configuration for the user who has logged in, for CCP when it begins next. */
    void configure(MppeConfiguration ofUser) {
        configuration = ofUser;
    }

    /** The configuration in force: without keys what is only allowed cannot be. */
    MppeConfiguration configuration() {
        Set<MppeStrength> strengths = strengths();
        if (!strengths.isEmpty()) {
            return configuration.with(strengths);
        }
        return configuration.policy() == MppePolicy.REQUIRE
                ? configuration
                : configuration.withoutKeys();
    }

    /** Whether MPPE is required and the login, if there was one, gave no keys that could serve. */
    boolean lacksKeys() {
        return strengths().isEmpty() && configuration.policy() == MppePolicy.REQUIRE;
    }

    /**
     * The strengths that are configured and have keys: MS-CHAPv1 may give those of 128 bits only.
     */
    private Set<MppeStrength> strengths() {
        Set<MppeStrength> usable = EnumSet.noneOf(MppeStrength.class);
        if (keys != null) {
            usable.addAll(keys.strengths());
            usable.retainAll(configuration.strengths());
        }
        return usable;
    }

    /**
     * Keys of a login, for CCP when it opens next. A login in mid-session changes nothing before:
     * the peer cannot know from which packet on it would, and pppd takes them at that point, too.
     */
    void useKeys(MppeStartKeys startKeys) {
        if (keys != null) {
            keys.wipe();
        }
        keys = startKeys;
    }

    /** CCP is open: what {@code layer} agreed on starts at the start keys and count 0. */
    void begin(CcpAgreement agreement, CcpLayer layer) {
        suspend();
        ccp = layer;
        encrypts = agreement.isEncrypted();
        engaged |= encrypts;
        byte[] send = startKey(agreement.sending(), MppeStartKeys::send);
        byte[] receive = startKey(agreement.receiving(), MppeStartKeys::receive);
        agreement.sending().ifPresent(mode -> encryptor = engine.encryptor(mode, send));
        agreement
                .receiving()
                .ifPresent(mode -> decryptor = engine.decryptor(mode, receive, mruBytes));
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
        offences = 0;
        overBudget = null;
        outOfStep = null;
    }

    private byte[] startKey(
            Optional<MppeMode> mode, BiFunction<MppeStartKeys, MppeStrength, byte[]> direction) {
        Optional<MppeStrength> strength = mode.flatMap(MppeMode::strength);
        if (strength.isEmpty()) {
            return new byte[MppeStartKeys.KEY_OCTETS];
        }
        if (keys == null) {
            throw new IllegalStateException("MPPE without keys");
        }
        return direction.apply(keys, strength.get());
    }

    /** CCP is no longer open: nothing can be sent or received until it is again. */
    void suspend() {
        ccp = null;
        encrypts = false;
        if (encryptor != null) {
            encryptor.wipe();
            encryptor = null;
        }
        if (decryptor != null) {
            decryptor.wipe();
            decryptor = null;
        }
    }

    /** The login is void: also the keys go, and what was settled for the user. */
    void forgetKeys() {
        suspend();
        configuration = ofLink;
        engaged = false;
        if (keys != null) {
            keys.wipe();
            keys = null;
        }
    }

    /** Whether data goes encrypted. */
    boolean isActive() {
        return encrypts;
    }

    /** Whether what is sent goes through the engine, to be encrypted or compressed. */
    boolean isSending() {
        return encryptor != null;
    }

    /** Whether what is received goes through the engine, to be decrypted or decompressed. */
    boolean isReceiving() {
        return decryptor != null;
    }

    /** The peer has lost step. */
    void flush() {
        if (encryptor != null) {
            encryptor.flush();
        }
    }

    /** Whether clear text is forbidden: by policy, or because MPPE was in force before. */
    boolean forbidsClearText() {
        return engaged || configuration.policy() == MppePolicy.REQUIRE;
    }

    @Nullable MppeEncryptor encryptor() {
        return encryptor;
    }

    @Nullable MppeDecryptor decryptor() {
        return decryptor;
    }

    /** A packet was decrypted to a frame whose protocol the peer might send. */
    void decrypted() {
        if (overBudget != null) {
            overBudget.success();
        }
        if (ccp != null) {
            ccp.recovered();
        }
    }

    /**
     * It was a whole IP packet, which nothing forged or out of step happens to become. As with
     * Linux it makes up for half of what was wrong before.
     */
    void decryptedWholePacket() {
        offences /= 2;
        if (outOfStep != null) {
            outOfStep.restart();
        }
    }

    /**
     * Counts a packet that was not decrypted, and asks the peer for a flush where that helps.
     *
     * @return why it is enough; empty while it is not
     */
    Optional<String> fault(MppeVerdict verdict, long nowNanos) {
        return switch (verdict) {
            case NOT_ENCRYPTED, BAD_FLAGS ->
                    ++offences >= MAX_OFFENCES
                            ? Optional.of("the peer breaks the rules of MPPE")
                            : Optional.empty();
            case OVER_BUDGET -> overBudget(nowNanos);
            case RESET_NEEDED -> {
                if (ccp != null) {
                    ccp.requestReset(nowNanos);
                }
                yield outOfStep(nowNanos);
            }
            case LATE, NOT_SANE -> outOfStep(nowNanos);
            case DECRYPTED, TOO_SHORT -> Optional.empty();
        };
    }

    private Optional<String> overBudget(long nowNanos) {
        if (overBudget == null) {
            overBudget = new FaultSpan(1, OVER_BUDGET_GAP_NANOS);
        }
        overBudget.fault(nowNanos);
        return overBudget.isIntolerable()
                ? Optional.of("the peer skips more keys than a lossy path would")
                : outOfStep(nowNanos);
    }

    /** After a loss of 2,048 packets or more the peer's count means another key, for ever. */
    private Optional<String> outOfStep(long nowNanos) {
        if (outOfStep == null) {
            outOfStep = new FaultSpan(MAX_OFFENCES, OUT_OF_STEP_GAP_NANOS);
        }
        outOfStep.fault(nowNanos);
        return outOfStep.isIntolerable()
                ? Optional.of("out of step: nothing of the peer could be decrypted for 10 s")
                : Optional.empty();
    }
}
