/** Folders of files that are named by the part of the source that their rows come from. */
@NullMarked
package dev.penstock.io.dataset;

import org.jspecify.annotations.NullMarked;
