/** Real services on this machine, started from what Maven resolved, without containers. */
@NullMarked
package dev.penstock.samples.services;

import org.jspecify.annotations.NullMarked;
