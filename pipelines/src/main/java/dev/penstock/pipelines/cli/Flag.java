package dev.penstock.pipelines.cli;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What help says about a flag beyond Beam's {@code @Description} and {@code @Default}; put on the
 * getter.
 *
 * <pre>{@code
 * @Description("The data contract: an ODCS v3.1 document.")
 * @Flag(section = "Input", example = "contracts/loans.yaml")
 * @Validation.Required
 * String getContract();
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Flag {
  /** A value that works, without the flag's name. */
  String example() default "";

  /** What happens when the flag is left out and no fixed default can say it. */
  String whenAbsent() default "";

  /** The heading under which help lists the flag. */
  String section() default "Flags";

  /** What a text names, for forms that offer a choice of files. */
  Names names() default Names.VALUE;

  /**
   * True when the default serves a run on this machine only, so that workers elsewhere need a
   * value.
   */
  boolean defaultIsLocal() default false;

  /** What the text of a flag names. */
  enum Names {
    /** Itself. */
    VALUE,
    /** One file, or several, to read. */
    FILE_TO_READ,
    /** A file to write. */
    FILE_TO_WRITE
  }
}
