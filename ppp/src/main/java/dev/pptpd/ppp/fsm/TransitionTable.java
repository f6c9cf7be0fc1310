package dev.pptpd.ppp.fsm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The state transition table, written as the RFC prints it and parsed once.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-4.1 RFC 1661 section 4.1
 */
public final class TransitionTable {
    private static final String STATES_0_TO_5 =
            """
             Up   |    2     irc,scr/6     -         -         -         -
             Down |    -         -         0       tls/1       0         1
             Open |  tls/1       1     irc,scr/6     3r        5r        5r
             Close|    0       tlf/0       2         2         4         4
              TO+ |    -         -         -         -       str/4     str/5
              TO- |    -         -         -         -       tlf/2     tlf/3
             RCR+ |    -         -       sta/2 irc,scr,sca/8   4         5
             RCR- |    -         -       sta/2 irc,scr,scn/6   4         5
             RCA  |    -         -       sta/2     sta/3       4         5
             RCN  |    -         -       sta/2     sta/3       4         5
             RTR  |    -         -       sta/2     sta/3     sta/4     sta/5
             RTA  |    -         -         2         3       tlf/2     tlf/3
             RUC  |    -         -       scj/2     scj/3     scj/4     scj/5
             RXJ+ |    -         -         2         3         4         5
             RXJ- |    -         -       tlf/2     tlf/3     tlf/2     tlf/3
             RXR  |    -         -         2         3         4         5
            """;

    private static final String STATES_6_TO_9 =
            """
             Up   |    -         -         -           -
             Down |    1         1         1         tld/1
             Open |    6         7         8           9r
             Close|irc,str/4 irc,str/4 irc,str/4 tld,irc,str/4
              TO+ |  scr/6     scr/6     scr/8         -
              TO- |  tlf/3p    tlf/3p    tlf/3p        -
             RCR+ |  sca/8   sca,tlu/9   sca/8   tld,scr,sca/8
             RCR- |  scn/6     scn/7     scn/6   tld,scr,scn/6
             RCA  |  irc/7     scr/6x  irc,tlu/9   tld,scr/6x
             RCN  |irc,scr/6   scr/6x  irc,scr/8   tld,scr/6x
             RTR  |  sta/6     sta/6     sta/6   tld,zrc,sta/5
             RTA  |    6         6         8       tld,scr/6
             RUC  |  scj/6     scj/7     scj/8       scj/9
             RXJ+ |    6         6         8           9
             RXJ- |  tlf/3     tlf/3     tlf/3   tld,irc,str/5
             RXR  |    6         7         8         ser/9
            """;

    private static final Map<Event, Map<State, Transition>> TABLE = parse();

    private TransitionTable() {}

    /** The cell for an event in a state; empty where the RFC has a dash, an illegal transition. */
    public static Optional<Transition> transition(State state, Event event) {
        return Optional.ofNullable(TABLE.getOrDefault(event, Map.of()).get(state));
    }

    private static Map<Event, Map<State, Transition>> parse() {
        Map<Event, Map<State, Transition>> table = new EnumMap<>(Event.class);
        STATES_0_TO_5.lines().forEach(line -> parseLine(line, 0, table));
        STATES_6_TO_9.lines().forEach(line -> parseLine(line, 6, table));
        return table;
    }

    private static void parseLine(
            String line, int firstState, Map<Event, Map<State, Transition>> table) {
        int bar = line.indexOf('|');
        Event event = Event.labelled(line.substring(0, bar).strip());
        Map<State, Transition> row = table.computeIfAbsent(event, _ -> new EnumMap<>(State.class));
        int number = firstState;
        for (String cell : line.substring(bar + 1).strip().split("\\s+", -1)) {
            State state = State.numbered(number++);
            parseCell(cell).ifPresent(transition -> row.put(state, transition));
        }
    }

    /** A cell is {@code action,action/state}; a letter behind the state names a footnote. */
    private static Optional<Transition> parseCell(String cell) {
        if (cell.equals("-")) {
            return Optional.empty();
        }
        int slash = cell.indexOf('/');
        List<Action> actions = new ArrayList<>();
        if (slash > 0) {
            for (String action : cell.substring(0, slash).split(",", -1)) {
                actions.add(Action.valueOf(action.toUpperCase(Locale.ROOT)));
            }
        }
        State next = State.numbered(cell.charAt(slash + 1) - '0');
        return Optional.of(new Transition(actions, next));
    }
}
