package dev.pptpd.gre;

/**
 * What a tunnel keeps of packets that did not come in their turn, or came in vain. Made with the
 * first of them: on most paths there is none for hours.
 */
final class Disorder {
    final GivenUpNumbers givenUp = new GivenUpNumbers();

    long duplicates;
    long late;
    long reordered;
    long lost;
    long rejected;
    long jumps;
}
