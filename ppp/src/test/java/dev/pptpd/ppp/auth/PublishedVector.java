package dev.pptpd.ppp.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** One entry of a vector file: every value as text, a single expected value as a list of one. */
record PublishedVector(String id, String group, Map<String, String> input, List<String> expected) {

    /** All entries of a file that lies beside this class. */
    static List<PublishedVector> read(String resource) {
        try (InputStream file = PublishedVector.class.getResourceAsStream(resource);
                JsonParser json =
                        new JsonFactory()
                                .createParser(
                                        ObjectReadContext.empty(), Objects.requireNonNull(file))) {
            List<PublishedVector> vectors = new ArrayList<>();
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("vectors")) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        vectors.add(readVector(json));
                    }
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublishedVector readVector(JsonParser json) {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> input = new HashMap<>();
        List<String> expected = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> readTexts(json, input);
                case START_ARRAY -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        expected.add(json.getString());
                    }
                }
                default -> fields.put(name, json.getString());
            }
        }
        if (fields.containsKey("expected")) {
            expected.add(fields.get("expected"));
        }
        return new PublishedVector(
                present(fields, "id"), present(fields, "group"), input, expected);
    }

    private static void readTexts(JsonParser json, Map<String, String> texts) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            texts.put(name, json.getString());
        }
    }

    /** An input as text. */
    String text(String name) {
        return present(input, name);
    }

    /** An input as a number. */
    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** An input in hex as octets. */
    byte[] octets(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    /** The only expected value, in hex, as octets. */
    byte[] expectedOctets() {
        return HexFormat.of().parseHex(expected.getFirst());
    }

    private static String present(Map<String, String> texts, String name) {
        return Objects.requireNonNull(texts.get(name), name);
    }

    @Override
    public String toString() {
        return id;
    }
}
