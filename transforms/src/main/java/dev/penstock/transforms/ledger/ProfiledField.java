package dev.penstock.transforms.ledger;

import java.io.Serializable;

/**
 * A field whose values a {@link RowProfile} looks at.
 *
 * @param name the field's name in rows
 * @param type its logical type as contracts write it, such as {@code timestamp}
 * @param masked whether its values are kept out of profiles, because they are confidential
 */
public record ProfiledField(String name, String type, boolean masked) implements Serializable {}
