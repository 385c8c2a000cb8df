/** Where records come from and what became of each: positions, ledger entries and the ledger. */
@NullMarked
package dev.penstock.transforms.ledger;

import org.jspecify.annotations.NullMarked;
