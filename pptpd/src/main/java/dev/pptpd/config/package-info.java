/**
 * The administrator's files: pptpd.conf, options files and chap-secrets, read into one immutable
 * tree of records. Every fault of every file is reported, with its line.
 */
@NullMarked
package dev.pptpd.config;

import org.jspecify.annotations.NullMarked;
