package dev.pptpd.control;

/** A message about the control connection itself, RFC 2637 sections 2.1 to 2.6. */
public sealed interface ConnectionMessage extends ControlMessage
        permits StartControlConnectionRequest,
                StartControlConnectionReply,
                StopControlConnectionRequest,
                StopControlConnectionReply,
                EchoRequest,
                EchoReply {}
