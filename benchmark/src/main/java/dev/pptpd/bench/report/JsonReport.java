package dev.pptpd.bench.report;

import dev.pptpd.bench.measure.Figure;
import dev.pptpd.bench.measure.Judgement;
import dev.pptpd.bench.measure.Spread;
import dev.pptpd.bench.measure.Table;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** All figures for programs, with the value of each repetition. */
public final class JsonReport {
    private JsonReport() {}

    /** Writes one object and closes {@code out}. */
    public static void write(Machine machine, List<Table> tables, OutputStream out) {
        try (JsonGenerator json =
                new JsonFactory()
                        .createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("machine");
            for (Map.Entry<String, String> fact : machine.facts().entrySet()) {
                json.writeStringProperty(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
            json.writeArrayPropertyStart("tables");
            tables.forEach(table -> write(table, json));
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(Table table, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("title", table.title());
        json.writeArrayPropertyStart("figures");
        table.figures().forEach(figure -> write(figure, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Figure figure, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", figure.name());
        json.writeStringProperty("unit", figure.unit());
        if (figure.isMeasured()) {
            Spread spread = figure.spread();
            json.writeNumberProperty("median", spread.median());
            json.writeNumberProperty("lowerQuartile", spread.lowerQuartile());
            json.writeNumberProperty("upperQuartile", spread.upperQuartile());
        }
        figure.toBaseline().ifPresent(ratio -> json.writeNumberProperty("firstOverThis", ratio));
        figure.judgement().ifPresent(judgement -> write(judgement, json));
        if (!figure.remark().isEmpty()) {
            json.writeStringProperty("remark", figure.remark());
        }
        json.writeArrayPropertyStart("values");
        figure.values().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Judgement judgement, JsonGenerator json) {
        json.writeObjectPropertyStart("goal");
        json.writeStringProperty("kind", judgement.goal().kind().name());
        json.writeNumberProperty("limit", judgement.goal().limit());
        json.writeNumberProperty("value", judgement.value());
        json.writeBooleanProperty("met", judgement.isMet());
        json.writeEndObject();
    }
}
