package dev.pptpd.bench.measure;

import java.util.List;

/** Figures that belong together, under one title. */
public record Table(String title, List<Figure> figures) {
    /** Copies the list. */
    public Table {
        figures = List.copyOf(figures);
    }

    /** Goals that were missed. */
    public long missed() {
        return figures.stream()
                .flatMap(figure -> figure.judgement().stream())
                .filter(judgement -> !judgement.isMet())
                .count();
    }
}
