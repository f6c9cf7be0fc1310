package dev.pptpd.config;

import java.util.Map;

/** What pppd's plugins did, known by the file name behind the last slash. */
final class Plugins {
    private static final Map<String, String> AUTHENTICATING =
            Map.of(
                    "radius.so", "RADIUS",
                    "winbind.so", "a Windows domain",
                    "passprompt.so", "a prompt",
                    "passwordfd.so", "a file descriptor");

    private Plugins() {}

    static void load(Word plugin, Findings findings) {
        String path = plugin.text();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String source = AUTHENTICATING.getOrDefault(name, "");
        if (!source.isEmpty()) {
            String problem = "plugin " + Word.shown(name) + " asks " + source + " who may log in";
            findings.error(plugin, problem, "no such plugin: this version asks chap-secrets alone");
        } else if (name.equals("radattr.so") || name.equals("pptpd-logwtmp.so")) {
            findings.warning(
                    plugin,
                    "plugin '"
                            + name
                            + "' is not acted on yet: neither files of attributes nor wtmp hear of"
                            + " sessions");
        } else {
            findings.warning(plugin, "unknown plugin '" + plugin.shown() + "' is ignored");
        }
    }
}
