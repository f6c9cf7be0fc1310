/** The server process: everything that touches the world. */
module dev.pptpd {
    requires static org.jspecify;
    requires dev.pptpd.gre;
    requires dev.pptpd.ppp;
    requires dev.pptpd.mppe;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.handler;
    requires io.netty.codec;
    requires org.apache.commons.cli;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;

    exports dev.pptpd.cli to
            org.slf4j;
}
