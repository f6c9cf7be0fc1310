package dev.pptpd.offload;

/** Where the fields are that segments differ in, from the beginning of their header on. */
final class Transport {
    // Specification: RFC 791 section 3.1, RFC 8200 section 3
    static final int IPV4_OCTETS = 20;
    static final int IPV4_TYPE_OF_SERVICE = 1;
    static final int IPV4_TOTAL_LENGTH = 2;
    static final int IPV4_IDENTIFICATION = 4;
    static final int IPV4_FRAGMENT = 6;
    static final int IPV4_TIME_TO_LIVE = 8;
    static final int IPV4_PROTOCOL = 9;
    static final int IPV4_CHECKSUM = 10;
    static final int IPV4_ADDRESSES = 12;
    static final int IPV4_DONT_FRAGMENT = 0x4000;
    static final int IPV6_OCTETS = 40;
    static final int IPV6_PAYLOAD_LENGTH = 4;
    static final int IPV6_NEXT_HEADER = 6;
    static final int IPV6_HOP_LIMIT = 7;
    static final int IPV6_ADDRESSES = 8;

    // Specification: RFC 9293 section 3.1
    static final int TCP = 6;
    static final int TCP_OCTETS = 20;
    static final int TCP_SEQUENCE = 4;
    static final int TCP_ACKNOWLEDGMENT = 8;
    static final int TCP_DATA_OFFSET = 12;
    static final int TCP_FLAGS = 13;
    static final int TCP_CHECKSUM = 16;
    static final int FIN = 0x01;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int ECE = 0x40;
    static final int CWR = 0x80;

    // Specification: RFC 768
    static final int UDP = 17;
    static final int UDP_OCTETS = 8;
    static final int UDP_LENGTH = 4;
    static final int UDP_CHECKSUM = 6;

    private Transport() {}
}
