package dev.pptpd.ppp.link;

import dev.pptpd.mppe.MppeDecryptor;
import dev.pptpd.mppe.MppeEncryptor;
import dev.pptpd.mppe.MppeEngine;
import dev.pptpd.mppe.MppeStartKeys;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.mppe.MppeVerdict;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The MPPE state of a link: start keys, and while CCP is open the two packet states. */
final class Encryption {
    /** So many packets that a right peer never sends end the link; Linux ends at 16 as well. */
    private static final int MAX_OFFENCES = 16;

    /** Packets that skip too many keys make one span unless so much time lies between them. */
    private static final long OVER_BUDGET_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A peer whose packets are all lost sends few: TCP retries ever more seldom. */
    private static final long OUT_OF_STEP_GAP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MppeEngine engine;
    private final MppeConfiguration configuration;
    private @Nullable MppeStartKeys keys;
    private @Nullable MppeEncryptor encryptor;
    private @Nullable MppeDecryptor decryptor;
    private boolean engaged;
    private int offences;
    private final FaultSpan overBudget = new FaultSpan(1, OVER_BUDGET_GAP_NANOS);
    private final FaultSpan outOfStep = new FaultSpan(MAX_OFFENCES, OUT_OF_STEP_GAP_NANOS);

    Encryption(MppeEngine engine, MppeConfiguration configuration) {
        this.engine = engine;
        this.configuration = configuration;
    }

    /** The policy in force: without keys what is only allowed cannot be. */
    MppePolicy policy() {
        MppePolicy policy = configuration.policy();
        return strengths().isEmpty() && policy == MppePolicy.ALLOW ? MppePolicy.DENY : policy;
    }

    /** Whether MPPE is required and the login, if there was one, gave no keys that could serve. */
    boolean lacksKeys() {
        return strengths().isEmpty() && configuration.policy() == MppePolicy.REQUIRE;
    }

    /** What may be negotiated; as configured where nothing may, since nothing will be then. */
    MppeConfiguration usable() {
        Set<MppeStrength> strengths = strengths();
        return strengths.isEmpty()
                ? configuration
                : new MppeConfiguration(configuration.policy(), strengths);
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

    /** CCP is open: both directions start at the start keys and count 0. */
    void begin(MppeStrength strength) {
        suspend();
        if (keys == null) {
            throw new IllegalStateException("MPPE without keys");
        }
        byte[] send = keys.send(strength);
        byte[] receive = keys.receive(strength);
        encryptor = engine.encryptor(strength, send);
        decryptor = engine.decryptor(strength, receive);
        Arrays.fill(send, (byte) 0);
        Arrays.fill(receive, (byte) 0);
        engaged = true;
        offences = 0;
        overBudget.restart();
        outOfStep.restart();
    }

    /** CCP is no longer open: nothing can be sent or received until it is again. */
    void suspend() {
        if (encryptor != null) {
            encryptor.wipe();
            encryptor = null;
        }
        if (decryptor != null) {
            decryptor.wipe();
            decryptor = null;
        }
    }

    /** The login is void: also the keys go. */
    void forgetKeys() {
        suspend();
        engaged = false;
        if (keys != null) {
            keys.wipe();
            keys = null;
        }
    }

    boolean isActive() {
        return encryptor != null;
    }

    /** Whether clear text is forbidden: by policy, or because MPPE was in force before. */
    boolean forbidsClearText() {
        return engaged || policy() == MppePolicy.REQUIRE;
    }

    @Nullable MppeEncryptor encryptor() {
        return encryptor;
    }

    @Nullable MppeDecryptor decryptor() {
        return decryptor;
    }

    /** A packet was decrypted to a frame whose protocol the peer might send. */
    void decrypted() {
        overBudget.success();
    }

    /** It was a whole IP packet, which nothing forged or out of step happens to become. */
    void decryptedWholePacket() {
        outOfStep.restart();
    }

    /**
     * Counts a packet that was not decrypted.
     *
     * @return why it is enough; empty while it is not
     */
    Optional<String> fault(MppeVerdict verdict, long nowNanos) {
        return switch (verdict) {
            case NOT_ENCRYPTED, BAD_FLAGS ->
                    ++offences >= MAX_OFFENCES
                            ? Optional.of("the peer breaks the rules of MPPE")
                            : Optional.empty();
            case OVER_BUDGET -> {
                overBudget.fault(nowNanos);
                yield overBudget.isIntolerable()
                        ? Optional.of("the peer skips more keys than a lossy path would")
                        : outOfStep(nowNanos);
            }
            case LATE, NOT_SANE, RESET_NEEDED -> outOfStep(nowNanos);
            case DECRYPTED, TOO_SHORT -> Optional.empty();
        };
    }

    /** After a loss of 2,048 packets or more the peer's count means another key, for ever. */
    private Optional<String> outOfStep(long nowNanos) {
        outOfStep.fault(nowNanos);
        return outOfStep.isIntolerable()
                ? Optional.of("out of step: nothing of the peer could be decrypted for 10 s")
                : Optional.empty();
    }
}
