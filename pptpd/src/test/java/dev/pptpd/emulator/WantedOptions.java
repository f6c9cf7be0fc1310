package dev.pptpd.emulator;

import java.util.ArrayList;
import java.util.List;

/** The client's own options: changed by a Nak, shortened by a Reject, their order kept. */
final class WantedOptions {
    private final List<ConfigurationOption> options;

    WantedOptions(List<ConfigurationOption> options) {
        this.options = new ArrayList<>(options);
    }

    List<ConfigurationOption> toList() {
        return List.copyOf(options);
    }

    /** Takes over the suggested values; suggestions nobody asked for are ignored. */
    void take(List<ConfigurationOption> suggestions) {
        for (ConfigurationOption suggestion : suggestions) {
            options.replaceAll(option -> option.type() == suggestion.type() ? suggestion : option);
        }
    }

    /**
     * Gives up the refused options.
     *
     * @throws IllegalStateException when the server rejects what nobody asked
     */
    void drop(List<ConfigurationOption> refused) {
        if (!options.containsAll(refused)) {
            throw new IllegalStateException("rejected but never asked: " + refused);
        }
        options.removeAll(refused);
    }
}
