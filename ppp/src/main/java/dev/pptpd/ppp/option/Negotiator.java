package dev.pptpd.ppp.option;

import dev.pptpd.ppp.packet.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides between Ack, Nak and Reject for a whole Configure-Request, for every control protocol.
 * Rejects go first and alone; after {@code maxFailure} Naks everything disputed is rejected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-5.2 RFC 1661 sections 5.2 to 5.4
 */
public final class Negotiator {
    private final OptionSet options;
    private final int maxFailure;
    private int naksSent;

    /** A negotiator for one option set. */
    public Negotiator(OptionSet options, int maxFailure) {
        this.options = options;
        this.maxFailure = maxFailure;
    }

    /**
     * The answer to a request.
     *
     * @param code Configure-Ack, -Nak or -Reject
     * @param options the options it carries, in the order of the request
     */
    public record Answer(int code, OptionList options) {
        /** Whether the request is good as it stands. */
        public boolean isAck() {
            return code == Code.CONFIGURE_ACK;
        }
    }

    /** Starts counting Naks again. */
    public void reset() {
        naksSent = 0;
    }

    /** Judges every option of a request. An Ack puts the peer's options in force. */
    public Answer answer(OptionList request) {
        List<Option> naks = new ArrayList<>();
        List<Option> rejects = new ArrayList<>();
        boolean patienceIsOver = naksSent >= maxFailure;
        for (Option option : request.options()) {
            switch (options.judge(option)) {
                case Judgement.Accept _ -> {}
                case Judgement.Reject _ -> rejects.add(option);
                case Judgement.Nak(Option better) -> {
                    if (patienceIsOver && options.mayReject(option.type())) {
                        rejects.add(option);
                    } else if (!isNamed(better.type(), naks)) {
                        naks.add(better);
                    }
                }
            }
        }
        if (!patienceIsOver) {
            naks.addAll(options.missing(request));
        }
        if (!rejects.isEmpty()) {
            return new Answer(Code.CONFIGURE_REJECT, new OptionList(rejects));
        }
        if (!naks.isEmpty()) {
            naksSent++;
            return new Answer(Code.CONFIGURE_NAK, new OptionList(naks));
        }
        naksSent = 0;
        options.acknowledged(request);
        return new Answer(Code.CONFIGURE_ACK, request);
    }

    /**
     * Once is enough: the same option a thousand times over, each of them empty, must not make a
     * Nak that is longer than the request.
     */
    private static boolean isNamed(int type, List<Option> naks) {
        return naks.stream().anyMatch(nak -> nak.type() == type);
    }
}
