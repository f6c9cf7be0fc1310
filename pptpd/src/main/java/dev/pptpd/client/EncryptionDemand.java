package dev.pptpd.client;

/** What the user asks of the encryption. */
enum EncryptionDemand {
    /** MPPE, and nothing weaker than 128 bits. */
    ONLY_128,
    /** MPPE with 56 bits. */
    ONLY_56,
    /** MPPE with 40 bits. */
    ONLY_40,
    /** MPPE of any strength, the strongest that the server has. */
    ANY_STRENGTH,
    /** MPPE of any strength, or none if the server has none. */
    PREFERRED,
    /** None: packets go as they are. */
    NONE
}
