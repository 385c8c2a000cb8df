/** Reading files: what they hold is framed into records, with positions and a ledger. */
@NullMarked
package dev.penstock.io.file;

import org.jspecify.annotations.NullMarked;
