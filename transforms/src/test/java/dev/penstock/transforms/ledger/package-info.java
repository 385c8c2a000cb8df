@NullMarked
package dev.penstock.transforms.ledger;

import org.jspecify.annotations.NullMarked;
