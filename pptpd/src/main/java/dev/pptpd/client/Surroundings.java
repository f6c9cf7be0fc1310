package dev.pptpd.client;

import dev.pptpd.ppp.link.LinkConfiguration;
import dev.pptpd.session.Devices;
import dev.pptpd.session.SessionWorker;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all attempts have in common.
 *
 * @param link how their links behave
 * @param worker who moves their packets
 * @param pin of the event loop's thread
 * @param resolverFile where name servers go
 * @param eventLoop of the control client
 */
record Surroundings(
        ClientArguments arguments,
        LinkConfiguration link,
        SessionWorker worker,
        Devices devices,
        ServerPin pin,
        Optional<ResolverFile> resolverFile,
        Executor eventLoop) {}
