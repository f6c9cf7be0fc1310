package dev.pptpd.ppp.fsm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The table as a machine took it from the text of the RFC, independent of ours. */
record PublishedTable(Map<Event, Map<State, Transition>> transitions) {

    static PublishedTable read() {
        try (InputStream file = PublishedTable.class.getResourceAsStream("rfc1661-fsm.json");
                JsonParser json =
                        new JsonFactory()
                                .createParser(
                                        ObjectReadContext.empty(), Objects.requireNonNull(file))) {
            Map<Event, Map<State, Transition>> table = new HashMap<>();
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("transitions")) {
                    readRows(json, table);
                } else {
                    json.skipChildren();
                }
            }
            return new PublishedTable(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readRows(JsonParser json, Map<Event, Map<State, Transition>> table) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Map<State, Transition> row = new HashMap<>();
            table.put(Event.labelled(json.currentName()), row);
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                State state = State.numbered(Integer.parseInt(json.currentName()));
                if (json.nextToken() != JsonToken.VALUE_NULL) {
                    row.put(state, readCell(json));
                }
            }
        }
    }

    private static Transition readCell(JsonParser json) {
        List<Action> actions = new ArrayList<>();
        State next = State.INITIAL;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "actions" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        actions.add(Action.valueOf(json.getString().toUpperCase(Locale.ROOT)));
                    }
                }
                case "next" -> next = State.numbered(json.getIntValue());
                default -> {}
            }
        }
        return new Transition(actions, next);
    }
}
