/** A small HTTP/1.1 server on the loopback interface, for the local services. */
@NullMarked
package dev.penstock.samples.http;

import org.jspecify.annotations.NullMarked;
