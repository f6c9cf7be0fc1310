package dev.pptpd.lab;

import java.time.Duration;

/** A machine that runs scripts of bash: a guest, or a namespace of the host. */
interface Shell {
    /** Runs a script to its end, whatever its exit code is. */
    CommandResult run(Duration limit, String script);

    /**
     * Runs a script and expects success.
     *
     * @return what it wrote, without the last line's end
     */
    default String expectSuccess(Duration limit, String script) {
        CommandResult result = run(limit, script);
        if (!result.succeeded()) {
            throw new AssertionError("%s: %s".formatted(script, result));
        }
        return result.output().stripTrailing();
    }

    /** The shell of a namespace. */
    static Shell in(Namespace namespace) {
        return (limit, script) -> namespace.command("bash", "-c", script).within(limit).run();
    }
}
