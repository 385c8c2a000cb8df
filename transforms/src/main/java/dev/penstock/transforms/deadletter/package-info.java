/**
 * Rejected records with the reasons for their rejection, and the outcome of a step that can reject.
 */
@NullMarked
package dev.penstock.transforms.deadletter;

import org.jspecify.annotations.NullMarked;
