package dev.pptpd.ppp.option;

import java.util.List;
import java.util.Optional;

/**
 * The options of one control protocol: what we ask for and what we think of the peer's. One small
 * implementation per protocol; everything they share is in {@link Negotiator}.
 */
public interface OptionSet {
    /** Forgets all that was negotiated; the next request asks for everything again. */
    void reset();

    /** The options of our next Configure-Request. */
    List<Option> request();

    /** What we say to an option in the peer's Configure-Request. */
    Judgement judge(Option option);

    /** Whether an option of this type may be rejected when the peer does not learn from Naks. */
    default boolean mayReject(int type) {
        return true;
    }

    /** Options the peer left out and must name: they are appended to a Configure-Nak. */
    default List<Option> missing(OptionList request) {
        return List.of();
    }

    /** The peer's options are in force from now on: we acknowledge them all. */
    void acknowledged(OptionList request);

    /**
     * The peer wants another value for an option of ours. A reason is returned when that makes an
     * agreement impossible.
     */
    Optional<String> naked(Option option);

    /**
     * The peer does not take an option of ours. A reason is returned when that makes an agreement
     * impossible.
     */
    Optional<String> rejected(Option option);
}
