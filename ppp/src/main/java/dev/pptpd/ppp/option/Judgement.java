package dev.pptpd.ppp.option;

/** What we say to one option of the peer. */
public sealed interface Judgement {
    /** The option is fine as it stands. */
    Judgement ACCEPT = new Accept();

    /** We do not know the option, or will not talk about it. */
    Judgement REJECT = new Reject();

    /** See {@link #ACCEPT}. */
    record Accept() implements Judgement {}

    /** See {@link #REJECT}. */
    record Reject() implements Judgement {}

    /** The option is known; {@code better} is what we would accept. */
    record Nak(Option better) implements Judgement {}
}
