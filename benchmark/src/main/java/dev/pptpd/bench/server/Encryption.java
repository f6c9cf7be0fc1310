package dev.pptpd.bench.server;

import dev.pptpd.lab.ServerFiles;
import dev.pptpd.mppe.MppeStrength;
import dev.pptpd.ppp.ccp.MppeConfiguration;
import dev.pptpd.ppp.ccp.MppePolicy;
import java.util.Set;

/** What both sides of a site insist on. */
enum Encryption {
    /** Packets in clear text. */
    NONE("no encryption"),
    /** Stateless, as clients use it. */
    MPPE_128("MPPE-128");

    private final String words;

    Encryption(String words) {
        this.words = words;
    }

    /** For a table. */
    String words() {
        return words;
    }

    /** The clients' side. */
    MppeConfiguration configuration() {
        return switch (this) {
            case NONE -> new MppeConfiguration(MppePolicy.DENY, Set.of());
            case MPPE_128 ->
                    new MppeConfiguration(MppePolicy.REQUIRE, Set.of(MppeStrength.BITS_128));
        };
    }

    /** The server's side. */
    ServerFiles asked(ServerFiles files) {
        return switch (this) {
            case NONE -> files.withoutOption("require-mppe-128").option("nomppe");
            case MPPE_128 -> files;
        };
    }
}
