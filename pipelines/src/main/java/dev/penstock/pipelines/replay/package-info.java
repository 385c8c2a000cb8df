/** Dead letters to a warehouse: {@code penstock replay-dead-letters}. */
@NullMarked
package dev.penstock.pipelines.replay;

import org.jspecify.annotations.NullMarked;
